//! Files by which a system starts the daemon, and again when it ends badly.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use crate::context::Context;

#[derive(clap::Args)]
pub struct Install {
    #[command(flatten)]
    place: Place,
    /// Print it, write nothing
    #[arg(long, visible_alias = "dry-run")]
    print: bool,
    /// A file that holds the password of the vault, which the system hands over; without it `velocity vault unlock` opens
    /// the vault after each start of the machine
    #[arg(long, value_name = "FILE")]
    vault_pass_file: Option<PathBuf>,
}

#[derive(clap::Args)]
pub struct Place {
    /// For which system [default: this one]
    #[arg(long = "for", value_enum)]
    system: Option<System>,
    /// For the whole machine, and not for this user
    #[arg(long)]
    system_wide: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum System {
    Systemd,
    Launchd,
    Windows,
}

impl Place {
    fn system(&self) -> System {
        self.system.unwrap_or(match std::env::consts::OS {
            "macos" => System::Launchd,
            "windows" => System::Windows,
            _ => System::Systemd,
        })
    }

    fn file(&self, home: &Path) -> anyhow::Result<PathBuf> {
        let user = std::env::home_dir().context("there is no home directory");
        Ok(match (self.system(), self.system_wide) {
            (System::Systemd, true) => "/etc/systemd/system/velocity.service".into(),
            (System::Systemd, false) => user?.join(".config/systemd/user/velocity.service"),
            (System::Launchd, true) => "/Library/LaunchDaemons/velocity.daemon.plist".into(),
            (System::Launchd, false) => user?.join("Library/LaunchAgents/velocity.daemon.plist"),
            (System::Windows, _) => home.join("velocity-daemon.xml"),
        })
    }

    fn begin(&self, file: &Path) -> String {
        let user = if self.system_wide { "" } else { "--user " };
        match self.system() {
            System::Systemd => format!("systemctl {user}daemon-reload && systemctl {user}enable --now velocity"),
            System::Launchd => format!("launchctl load -w {}", file.display()),
            System::Windows => format!("schtasks /create /tn velocity /xml \"{}\"", file.display()),
        }
    }
}

pub fn install(args: &Install, cx: &Context) -> anyhow::Result<()> {
    let program = std::env::current_exe()?;
    let home = std::path::absolute(cx.app.home())?;
    let text = match args.place.system() {
        System::Systemd => systemd(&program, &home, args),
        System::Launchd => launchd(&program, &home, args),
        System::Windows => windows(&program, &home),
    };
    if args.print {
        return cx.out.text(&text);
    }
    let file = args.place.file(&home)?;
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    }
    std::fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
    cx.out.line(format!("{} is written; it begins with:\n  {}", file.display(), args.place.begin(&file)))
}

pub fn uninstall(place: &Place, cx: &Context) -> anyhow::Result<()> {
    let file = place.file(&std::path::absolute(cx.app.home())?)?;
    if !file.exists() {
        bail!("there is no {}", file.display());
    }
    std::fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))?;
    cx.out.line(format!("{} is removed; what runs goes on until it is stopped", file.display()))
}

/// `%` begins a specifier, and blanks part arguments.
fn in_unit(path: &Path) -> String {
    format!("\"{}\"", path.display().to_string().replace('%', "%%").replace('\\', "\\\\").replace('"', "\\\""))
}

fn systemd(program: &Path, home: &Path, args: &Install) -> String {
    let (program, home) = (in_unit(program), in_unit(home));
    let (credential, start) = match &args.vault_pass_file {
        // Opened by the manager itself: the file may be one that only root reads.
        Some(file) => (
            format!("StandardInput=file:{}\n", file.display().to_string().replace('%', "%%")),
            format!("{program} --home {home} --vault-pass-fd 0 daemon run"),
        ),
        None => ("KeyringMode=shared\n".to_owned(), format!("{program} --home {home} daemon run")),
    };
    let target = if args.place.system_wide { "multi-user.target" } else { "default.target" };
    format!(
        "[Unit]
Description=Velocity: schedules and a worker
Wants=network-online.target
After=network-online.target postgresql.service

[Service]
Type=exec
ExecStart={start}
{credential}Restart=on-failure
RestartSec=10
KillSignal=SIGTERM
KillMode=mixed
TimeoutStopSec=90
NoNewPrivileges=yes
PrivateTmp=yes
LimitCORE=0

[Install]
WantedBy={target}
"
    )
}

fn in_xml(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn launchd(program: &Path, home: &Path, args: &Install) -> String {
    let home_text = home.display().to_string();
    let mut words = vec![program.display().to_string(), "--home".to_owned(), home_text];
    if args.vault_pass_file.is_some() {
        words.extend(["--vault-pass-fd".to_owned(), "0".to_owned()]);
    }
    words.extend(["daemon".to_owned(), "run".to_owned()]);
    let words: String = words.iter().map(|w| format!("    <string>{}</string>\n", in_xml(w))).collect();
    let input = args.vault_pass_file.as_ref().map_or_else(String::new, |file| {
        format!("  <key>StandardInPath</key>\n  <string>{}</string>\n", in_xml(&file.display().to_string()))
    });
    let log = in_xml(&home.join("logs/daemon.log").display().to_string());
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">
<plist version=\"1.0\">
<dict>
  <key>Label</key>
  <string>velocity.daemon</string>
  <key>ProgramArguments</key>
  <array>
{words}  </array>
{input}  <key>RunAtLoad</key>
  <true/>
  <key>KeepAlive</key>
  <dict>
    <key>SuccessfulExit</key>
    <false/>
  </dict>
  <key>ExitTimeOut</key>
  <integer>90</integer>
  <key>StandardErrorPath</key>
  <string>{log}</string>
</dict>
</plist>
"
    )
}

fn windows(program: &Path, home: &Path) -> String {
    let (program, home) = (in_xml(&program.display().to_string()), in_xml(&home.display().to_string()));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<Task version=\"1.2\" xmlns=\"http://schemas.microsoft.com/windows/2004/02/mit/task\">
  <Triggers>
    <BootTrigger><Enabled>true</Enabled></BootTrigger>
  </Triggers>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <RestartOnFailure><Interval>PT1M</Interval><Count>999</Count></RestartOnFailure>
  </Settings>
  <Actions>
    <Exec>
      <Command>{program}</Command>
      <Arguments>--home &quot;{home}&quot; daemon run</Arguments>
    </Exec>
  </Actions>
</Task>
"
    )
}
