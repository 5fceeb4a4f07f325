//! Writes the activity files and the notes of `samples/` and the last part of its README:
//! `cargo run --example make_samples [FOLDER]`. The rest there is written by hand and left alone.

#[path = "../tests/support/mod.rs"]
mod support;

use std::path::{Path, PathBuf};

use support::sample_files::{SampleFile, sample_files};
use support::sample_notes;

/// Where the generated part of the README begins.
const HEADING: &str = "## File by file\n";

fn main() -> std::io::Result<()> {
    let folder = std::env::args_os().nth(1).map_or_else(|| PathBuf::from("samples"), PathBuf::from);
    std::fs::create_dir_all(&folder)?;
    let files = sample_files();
    for file in &files {
        std::fs::write(folder.join(&file.name), &file.bytes)?;
    }
    std::fs::write(folder.join(sample_notes::NAME), sample_notes::sample_notes())?;
    tell(&folder.join("README.md"), &files)?;
    let total: usize = files.iter().map(|f| f.bytes.len()).sum();
    println!("{} files, {:.2} MB", files.len(), total as f64 / 1e6);
    Ok(())
}

/// Puts the table of true values at the end of the README, where there is one.
fn tell(readme: &Path, files: &[SampleFile]) -> std::io::Result<()> {
    let Ok(text) = std::fs::read_to_string(readme) else { return Ok(()) };
    let by_hand = text.split(HEADING).next().unwrap_or_default();
    let rows: String = files.iter().map(row).collect();
    let table = format!(
        "{by_hand}{HEADING}\nTrue values, not what a watch made of them. \"At 2.8 m/s\" is on the level, \
         with that day's form.\n\n\
         | file | week | km | min | spm at 2.8 m/s | spm as run | m/s as run | ascent and descent, m |\n\
         |---|---|---|---|---|---|---|---|\n{rows}"
    );
    std::fs::write(readme, table)
}

fn row(file: &SampleFile) -> String {
    let Some((run, truth)) = &file.run else {
        return format!("| {} | 7 | 24.0 | a ride | | | | |\n", file.name);
    };
    let truth = &truth.totals;
    format!(
        "| {} | {} | {:.1} | {:.0} | {:.1} | {:.1} | {:.2} | {:.0} |\n",
        file.name,
        run.week,
        truth.distance_m / 1000.0,
        truth.timer_s / 60.0,
        truth.reference_spm,
        truth.running_spm,
        truth.running_speed_m_s,
        truth.ascent_m,
    )
}
