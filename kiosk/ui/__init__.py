"""The screen: it draws one ``kiosk.core.screen.Screen`` and decides nothing. Only here is Qt imported."""
