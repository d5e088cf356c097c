//! Schedules for the scheduler of the operating system, where no daemon of ours is to run.

use std::fmt::Write;

use jiff::civil::Time;
use scheduler::Recurrence;

use super::ScheduleView;
use crate::actor::Role;
use crate::{Actor, App, AppResult};

/// Whose scheduler.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Native {
    Cron,
    /// Of Windows: `schtasks`.
    Schtasks,
}

impl App {
    /// Lines for a crontab, or commands for Windows; `program` is what they start, for this installation. What the other cannot
    /// say is a remark.
    pub async fn export_schedules(&self, actor: &Actor, to: Native, program: &str) -> AppResult<String> {
        let schedules = self.schedules(actor).await?;
        actor.must(Role::Viewer, "see schedules")?;
        let home = std::path::absolute(self.home()).unwrap_or_else(|_| self.home().to_owned()).display().to_string();
        let start = match to {
            Native::Cron => [program, &home].map(in_crontab),
            Native::Schtasks => [program, &home].map(|path| format!("\\\"{path}\\\"")),
        };
        let mut text = String::new();
        for schedule in schedules.iter().filter(|s| s.state == "active") {
            let line = match to {
                Native::Cron => cron(schedule, &start),
                Native::Schtasks => schtasks(schedule, &start),
            };
            let _ = writeln!(text, "{line}");
        }
        Ok(text)
    }
}

/// As the shell that cron starts reads it; cron itself ends a command at a `%`.
fn in_crontab(path: &str) -> String {
    let is_plain = path.chars().all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c));
    if is_plain { path.to_owned() } else { format!("'{}'", path.replace('\'', r"'\''").replace('%', r"\%")) }
}

fn command(schedule: &ScheduleView, [program, home]: &[String; 2]) -> String {
    format!("{program} --home {home} run --job {} --quiet -y", schedule.job)
}

fn cron(schedule: &ScheduleView, program: &[String; 2]) -> String {
    let at = |t: &Time, rest: &str| format!("{} {} {rest}", t.minute(), t.hour());
    let pattern = match &schedule.recurrence {
        Recurrence::Hourly { minute } => Some(format!("{minute} * * * *")),
        Recurrence::Daily { at: t } => Some(at(t, "* * *")),
        Recurrence::Weekly { on, at: t } => {
            let days: Vec<String> = on.iter().map(|d| (d % 7).to_string()).collect();
            Some(at(t, &format!("* * {}", days.join(","))))
        }
        Recurrence::Monthly { day, at: t } if *day <= 28 => Some(at(t, &format!("{day} * *"))),
        Recurrence::Cron { pattern } => Some(pattern.clone()),
        Recurrence::Once { .. } | Recurrence::Monthly { .. } => None,
    };
    match pattern {
        Some(pattern) => {
            format!("# {}\nCRON_TZ={}\n{pattern} {}", schedule.when, schedule.zone, command(schedule, program))
        }
        None => format!("# {}: {} cannot be said in a crontab", schedule.job, schedule.when),
    }
}

fn schtasks(schedule: &ScheduleView, program: &[String; 2]) -> String {
    const DAYS: [&str; 7] = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"];
    let at = |t: &Time| t.strftime("%H:%M").to_string();
    let when = match &schedule.recurrence {
        Recurrence::Hourly { minute } => Some(format!("/sc hourly /st 00:{minute:02}")),
        Recurrence::Daily { at: t } => Some(format!("/sc daily /st {}", at(t))),
        Recurrence::Weekly { on, at: t } => {
            let days: Vec<&str> = on.iter().filter_map(|d| DAYS.get(usize::try_from(*d - 1).ok()?).copied()).collect();
            Some(format!("/sc weekly /d {} /st {}", days.join(","), at(t)))
        }
        Recurrence::Monthly { day, at: t } if *day <= 28 => Some(format!("/sc monthly /d {day} /st {}", at(t))),
        _ => None,
    };
    match when {
        Some(when) => {
            let (name, command) = (format!("velocity-{}-{}", schedule.job, schedule.id), command(schedule, program));
            format!(
                "rem {} in {}\nschtasks /create /f /tn {name} /tr \"{command}\" {when}",
                schedule.when, schedule.zone
            )
        }
        None => format!("rem {}: {} cannot be said with schtasks", schedule.job, schedule.when),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_one_word_of_a_crontab() {
        let cases = [
            ("/usr/bin/velocity", "/usr/bin/velocity"),
            ("/srv/our net", "'/srv/our net'"),
            ("/a'b 100%", r"'/a'\''b 100\%'"),
        ];
        for (path, word) in cases {
            assert_eq!(in_crontab(path), word);
        }
    }
}
