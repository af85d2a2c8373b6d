; The installer for Windows as one .exe. Compiled by make-installers:
;   makensis -DVERSION=1.2.3 -DSTAGED=folder -DOUT=file kiosk.nsi
; Silent: /S, at logon of whoever logs on: /AUTOSTART, elsewhere: /D=C:\folder (last, without quotes).

Unicode true
Target amd64-unicode
SetCompressor /SOLID lzma
RequestExecutionLevel admin
!include FileFunc.nsh
!include LogicLib.nsh
!include Sections.nsh

!define NAME "Threat Level Kiosk"
!define ID "threat-level-kiosk"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${ID}"
!define RUN "Software\Microsoft\Windows\CurrentVersion\Run"

Name "${NAME}"
OutFile "${OUT}"
InstallDir "$PROGRAMFILES64\${NAME}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey ProductName "${NAME}"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey FileDescription "${NAME} installer"
VIAddVersionKey LegalCopyright "MIT licence"

Page components
Page directory
Page instfiles
UninstPage uninstConfirm
UninstPage instfiles

Section "${NAME}" Program
    SectionIn RO
    SetRegView 64
    SetShellVarContext all
    ; A program that runs holds its files.
    nsExec::Exec 'taskkill /F /IM ${ID}w.exe'
    RMDir /r "$INSTDIR\lib"
    SetOutPath "$INSTDIR"
    File /r "${STAGED}/*"
    WriteUninstaller "$INSTDIR\uninstall.exe"

    ; What an administrator wrote stays, through upgrades and after the uninstallation.
    CreateDirectory "$APPDATA\${ID}"
    ${IfNot} ${FileExists} "$APPDATA\${ID}\kiosk.toml"
        SetOutPath "$APPDATA\${ID}"
        File "kiosk.toml"
        SetOutPath "$INSTDIR"
    ${EndIf}

    CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${ID}w.exe" "run --windowed"
    CreateShortcut "$SMPROGRAMS\${NAME} Setup.lnk" "$INSTDIR\${ID}w.exe" "setup"
    WriteRegStr HKLM "${UNINSTALL}" DisplayName "${NAME}"
    WriteRegStr HKLM "${UNINSTALL}" DisplayVersion "${VERSION}"
    WriteRegStr HKLM "${UNINSTALL}" Publisher "The Threat Level Kiosk maintainers"
    WriteRegStr HKLM "${UNINSTALL}" InstallLocation "$INSTDIR"
    WriteRegStr HKLM "${UNINSTALL}" UninstallString '"$INSTDIR\uninstall.exe"'
    WriteRegStr HKLM "${UNINSTALL}" QuietUninstallString '"$INSTDIR\uninstall.exe" /S'
    WriteRegDWORD HKLM "${UNINSTALL}" NoModify 1
    WriteRegDWORD HKLM "${UNINSTALL}" NoRepair 1
SectionEnd

Section /o "Start at logon" Autostart
    SetRegView 64
    WriteRegStr HKLM "${RUN}" "${ID}" '"$INSTDIR\${ID}w.exe" run'
SectionEnd

Function .onInit
    ${GetParameters} $0
    ClearErrors
    ${GetOptions} $0 "/AUTOSTART" $1
    ${IfNot} ${Errors}
        !insertmacro SelectSection ${Autostart}
    ${EndIf}
FunctionEnd

Section Uninstall
    SetRegView 64
    SetShellVarContext all
    nsExec::Exec 'taskkill /F /IM ${ID}w.exe'
    Delete "$SMPROGRAMS\${NAME}.lnk"
    Delete "$SMPROGRAMS\${NAME} Setup.lnk"
    RMDir /r "$INSTDIR\lib"
    Delete "$INSTDIR\${ID}.exe"
    Delete "$INSTDIR\${ID}w.exe"
    RMDir /r "$INSTDIR\licences"
    Delete "$INSTDIR\uninstall.exe"
    RMDir "$INSTDIR"
    DeleteRegKey HKLM "${UNINSTALL}"
    DeleteRegValue HKLM "${RUN}" "${ID}"
SectionEnd
