//! What the invented runner wrote down: a line for each run, and one mistake.

use super::sample_weeks::{Kind, SampleRun, sample_runs};

/// Name of the file.
pub const NAME: &str = "notes.csv";
/// First week of the new everyday shoe.
pub const NEW_SHOE_WEEK: i64 = 13;
/// A line that speaks of a day without a run.
pub const NO_RUN_ON: &str = "2026-05-02";
/// Name of the new everyday shoe.
pub const NEW_SHOE: &str = "Grey trainer";
/// A day on which she laid her phone across the road, and what it showed, percent.
pub const MEASURED: (&str, f64) = ("2026-05-03", 2.5);

/// The shoe of a run: fast and track sessions in the racer; from week 13 on two of three other runs
/// in the new trainer.
pub fn shoe(index: usize, run: &SampleRun) -> &'static str {
    match run.kind {
        Kind::Tempo | Kind::Track => "Light racer",
        _ if run.week >= NEW_SHOE_WEEK && !index.is_multiple_of(3) => NEW_SHOE,
        _ => "Blue trainer",
    }
}

/// What a run was on.
pub fn surface(run: &SampleRun) -> &'static str {
    match run.kind {
        Kind::Track => "track",
        Kind::Rolling | Kind::Hills => "gravel",
        _ => "road",
    }
}

fn exertion(run: &SampleRun) -> u8 {
    match run.kind {
        Kind::Easy => 3,
        Kind::Rolling => 4,
        Kind::Long => 5,
        Kind::Hills => 6,
        Kind::Tempo => 7,
        Kind::Track => 8,
    }
}

fn text(run: &SampleRun) -> &'static str {
    match run.day.to_string().as_str() {
        "2026-03-03" => "first run with notes",
        "2026-05-07" => "\"400s, all anticlockwise\"",
        "2026-05-12" => "on holiday: nothing but hills here",
        "2026-06-09" => "new watch",
        "2026-06-14" => "got lost and ran longer than planned",
        _ => "",
    }
}

/// The file.
pub fn sample_notes() -> String {
    let mut lines = vec!["date,shoe,surface,exertion,crossfall percent,text".to_owned()];
    for (index, run) in sample_runs().iter().enumerate() {
        let day = run.day.to_string();
        if day.as_str() == MEASURED.0 {
            // Written a day early, and once more on the right day.
            lines.push(format!("{NO_RUN_ON},{},road,5,,", shoe(index, run)));
        }
        let crossfall = if day == MEASURED.0 { MEASURED.1.to_string() } else { String::new() };
        lines.push(format!(
            "{day},{},{},{},{crossfall},{}",
            shoe(index, run),
            surface(run),
            exertion(run),
            text(run)
        ));
    }
    lines.push(String::new());
    lines.join("\n")
}
