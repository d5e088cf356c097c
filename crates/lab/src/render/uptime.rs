//! Ages in the spellings of the vendors.

use std::sync::atomic::Ordering;

use crate::world::{Device, World};

/// A time span in whole minutes.
#[derive(Clone, Copy, Debug)]
pub struct Uptime(u32);

impl Uptime {
    pub fn of(world: &World, device: &Device) -> Self {
        Self(device.uptime_minutes.wrapping_add(world.minutes.load(Ordering::Relaxed)))
    }

    /// Weeks, days, hours, minutes.
    fn parts(self) -> (u32, u32, u32, u32) {
        (self.0 / 10_080, self.0 / 1440 % 7, self.0 / 60 % 24, self.0 % 60)
    }

    pub fn days(self) -> u32 {
        self.0 / 1440
    }

    pub fn hours(self) -> u32 {
        self.0 / 60 % 24
    }

    pub fn minutes(self) -> u32 {
        self.0 % 60
    }

    /// `1 week, 3 days, 16 hours, 11 minutes`, with years as IOS counts them.
    pub fn ios(self) -> String {
        let (weeks, days, hours, minutes) = self.parts();
        let units = [(weeks / 52, "year"), (weeks % 52, "week"), (days, "day"), (hours, "hour"), (minutes, "minute")];
        let text: Vec<String> = units.iter().filter(|(n, _)| *n > 0).map(|&(n, unit)| plural(n, unit)).collect();
        text.join(", ")
    }

    /// `2 weeks, 5 days, 3 hours and 12 minutes`
    pub fn eos(self) -> String {
        let (weeks, days, hours, minutes) = self.parts();
        let all = [plural(weeks, "week"), plural(days, "day"), plural(hours, "hour")];
        format!("{} and {}", all.join(", "), plural(minutes, "minute"))
    }

    /// The age of a route, about half the uptime: `1w2d`, `3d04h`, `00:12:00`.
    pub fn route_age(self) -> String {
        let half = Self(self.0 / 2);
        let (weeks, days, hours, minutes) = half.parts();
        match (weeks, days) {
            (52.., _) => format!("{}y{}w", weeks / 52, weeks % 52),
            (1.., _) => format!("{weeks}w{days}d"),
            (_, 1..) => format!("{days}d{hours:02}h"),
            _ => format!("{hours:02}:{minutes:02}:00"),
        }
    }

    /// The same for Junos: `1w2d 03:04:00`.
    pub fn junos_age(self) -> String {
        let (weeks, days, hours, minutes) = Self(self.0 / 2).parts();
        let long = if weeks > 0 {
            format!("{weeks}w{days}d ")
        } else if days > 0 {
            format!("{days}d ")
        } else {
            String::new()
        };
        format!("{long}{hours:02}:{minutes:02}:00")
    }
}

fn plural(n: u32, unit: &str) -> String {
    if n == 1 { format!("1 {unit}") } else { format!("{n} {unit}s") }
}
