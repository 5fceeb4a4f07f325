//! Writes a squad to time `lightfoot coach` on: `cargo run --release --example make_squad ATHLETES
//! RUNS FOLDER [RECORDS]`. Each run is an hour at one record a second unless said otherwise; to one
//! athlete in three something happens.

#[path = "../tests/support/mod.rs"]
mod support;

use std::path::PathBuf;
use std::thread;

use support::squad::Athlete;

fn main() -> std::io::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize, usual| words.get(at).map_or(Some(usual), |word| word.parse().ok());
    let (Some(athletes), Some(runs), Some(folder), Some(records)) =
        (number(0, 50), number(1, 300), words.get(2), number(3, 3600))
    else {
        eprintln!("cargo run --release --example make_squad ATHLETES RUNS FOLDER [RECORDS]");
        std::process::exit(2);
    };
    let folder = PathBuf::from(folder);
    let mut total = 0;
    for n in 0..athletes {
        let own = folder.join(format!("athlete-{n:03}"));
        std::fs::create_dir_all(&own)?;
        let athlete = Athlete::of_squad(n, runs, records);
        let workers = thread::available_parallelism().map_or(1, usize::from);
        let written: usize = thread::scope(|scope| {
            let (athlete, own) = (&athlete, &own);
            let workers: Vec<_> = (0..workers)
                .map(|w| {
                    scope.spawn(move || -> std::io::Result<usize> {
                        let mut bytes = 0;
                        for i in (w..athlete.runs).step_by(workers) {
                            let file = athlete.fit(i);
                            bytes += file.len();
                            std::fs::write(own.join(athlete.file(i)), file)?;
                        }
                        Ok(bytes)
                    })
                })
                .collect();
            let joined = workers.into_iter().map(|w| w.join().unwrap_or_else(|_| Ok(0)));
            joined.sum::<std::io::Result<usize>>()
        })?;
        total += written;
    }
    println!("{athletes} athletes, {runs} runs each, {:.1} MB", total as f64 / 1e6);
    Ok(())
}
