//! Writes the folders that whole commands are timed on: `cargo run --release --example make_runs
//! COUNT FOLDER [RECORDS]`. One run a day, each an hour at one record a second unless said
//! otherwise, over hills, from one watch.

#[path = "../tests/support/mod.rs"]
mod support;

use std::path::PathBuf;

use support::bench::season_fit;

fn main() -> std::io::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize, usual| words.get(at).map_or(Some(usual), |word| word.parse().ok());
    let (Some(count), Some(folder), Some(records)) =
        (number(0, 1000), words.get(1), number(2, 3600))
    else {
        eprintln!("cargo run --release --example make_runs COUNT FOLDER [RECORDS]");
        std::process::exit(2);
    };
    let folder = PathBuf::from(folder);
    std::fs::create_dir_all(&folder)?;
    let mut total = 0;
    for day in 0..count {
        let bytes = season_fit(day, records);
        total += bytes.len();
        std::fs::write(folder.join(format!("{day:05}.fit")), bytes)?;
    }
    println!("{count} files, {:.1} MB", total as f64 / 1e6);
    Ok(())
}
