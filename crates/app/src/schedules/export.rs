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
    /// Lines for a crontab, or commands for Windows; `program` is what they start. What the other cannot say is a remark.
    pub async fn export_schedules(&self, actor: &Actor, to: Native, program: &str) -> AppResult<String> {
        let schedules = self.schedules(actor).await?;
        actor.must(Role::Viewer, "see schedules")?;
        let mut text = String::new();
        for schedule in schedules.iter().filter(|s| s.state == "active") {
            let line = match to {
                Native::Cron => cron(schedule, program),
                Native::Schtasks => schtasks(schedule, program),
            };
            let _ = writeln!(text, "{line}");
        }
        Ok(text)
    }
}

fn command(schedule: &ScheduleView, program: &str) -> String {
    format!("{program} run --job {} --quiet -y", schedule.job)
}

fn cron(schedule: &ScheduleView, program: &str) -> String {
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

fn schtasks(schedule: &ScheduleView, program: &str) -> String {
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
