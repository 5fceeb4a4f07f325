//! `--timings`: where the time went, on standard error and never in a report.

use std::fmt::Write as _;

use lightfoot::report::Input;
use lightfoot::stopwatch::{Now, Stage, Stopwatch};

use super::output;

/// Bytes of a megabyte.
const MEGABYTE: f64 = 1e6;

/// Whether the user asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timings {
    /// They are said.
    Said,
    /// Nothing is measured.
    Silent,
}

impl From<bool> for Timings {
    fn from(asked: bool) -> Self {
        if asked { Self::Said } else { Self::Silent }
    }
}

/// A stopwatch that runs if the user asked for timings.
pub fn stopwatch<'c>(asked: Timings, now: Now<'c>) -> Stopwatch<'c> {
    match asked {
        Timings::Said => Stopwatch::running(now),
        Timings::Silent => Stopwatch::stopped(),
    }
}

/// Files that were worked on.
#[derive(Clone, Copy, Debug, Default)]
pub struct Worked {
    /// How many.
    files: usize,
    /// Bytes as stored.
    stored: usize,
}

impl Worked {
    /// Adds the inputs of a report.
    pub fn add(&mut self, inputs: &[Input]) {
        self.files += inputs.len();
        self.stored += inputs.iter().map(|input| input.bytes).sum::<usize>();
    }
}

/// Says where the time went, if the user asked.
pub fn say(asked: Timings, watch: &Stopwatch<'_>, now: Now<'_>, inputs: &[Input]) {
    let mut worked = Worked::default();
    worked.add(inputs);
    say_of(asked, watch, now, worked);
}

/// The same of the files of several reports.
pub fn say_of(asked: Timings, watch: &Stopwatch<'_>, now: Now<'_>, worked: Worked) {
    if asked == Timings::Said {
        output::say(&table(watch, now().as_secs_f64(), worked));
    }
}

fn table(watch: &Stopwatch<'_>, all_s: f64, worked: Worked) -> String {
    let megabytes = worked.stored as f64 / MEGABYTE;
    let rate = |seconds: f64| match megabytes / seconds {
        rate if rate.is_finite() => format!("{rate:.0}"),
        _ => String::new(),
    };
    let mut text = format!(
        "{} files, {megabytes:.1} MB as stored\n{:<18}{:>10}{:>10}{:>8}\n",
        worked.files, "", "threads s", "clock s", "MB/s"
    );
    let mut line = |word: &str, threads: &str, clock: &str, rate: &str| {
        let line = format!("{word:<18}{threads:>10}{clock:>10}{rate:>8}");
        let _ = writeln!(text, "{}", line.trim_end());
    };
    for stage in Stage::ALL {
        let seconds = watch.seconds(stage);
        let spelt = format!("{seconds:.3}");
        if stage.is_by_file() {
            line(stage.word(), &spelt, "", &rate(seconds));
        } else {
            let rate = if stage == Stage::Files { rate(seconds) } else { String::new() };
            line(stage.word(), "", &spelt, &rate);
        }
    }
    line("all", "", &format!("{all_s:.3}"), &rate(all_s));
    text.trim_end().to_owned()
}
