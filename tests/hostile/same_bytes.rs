//! The same files give the same bytes: whatever the order, the threads, the zone, the language.

use std::path::PathBuf;

use lightfoot::report::writer;

use crate::given::{cad, fit_run, gpx, point, run_cadence, tcx, trackpoint};
use crate::{lightfoot, report};

fn write_runs(folder: &std::path::Path) -> Vec<PathBuf> {
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for day in 1..=4_i64 {
        let text: String = (0..400).map(|s| point(s + 10 * day, &cad("84"))).collect();
        let moved = gpx(&text).replace("2024-01-01", &format!("2024-01-{:02}", day + 1));
        files.push((format!("g{day}.gpx"), moved.into_bytes()));
    }
    let points: String = (0..400).map(|s| trackpoint(s, &run_cadence("83"))).collect();
    files.push((
        "t.tcx".to_owned(),
        tcx(&points, "Polar M400").replace("2024-01-01", "2024-01-09").into_bytes(),
    ));
    files.push(("a.fit".to_owned(), fit_run(500, 84)));
    files.push(("copy.fit".to_owned(), fit_run(500, 84)));
    files.push(("broken.fit".to_owned(), fit_run(500, 84)[..3000].to_vec()));
    files.push(("noise.gpx".to_owned(), vec![7; 900]));
    let put = |(name, bytes): &(String, Vec<u8>)| {
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    files.iter().map(put).collect()
}

#[test]
fn any_order_and_any_number_of_threads() {
    let here = tempfile::tempdir().unwrap();
    let mut paths = write_runs(here.path());
    let mut hashes = std::collections::BTreeSet::new();
    let mut state = 88_172_645_463_325_252_u64;
    for threads in [1, 2, 8] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        for _ in 0..20 {
            for i in (1..paths.len()).rev() {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                paths.swap(i, (state % (i as u64 + 1)) as usize);
            }
            let made = pool.install(|| report(&paths));
            let written: Vec<String> = ["document", "html", "csv"]
                .map(|name| writer(name).unwrap().text(&made).unwrap())
                .to_vec();
            hashes.insert(blake3::hash(written.concat().as_bytes()).to_hex().to_string());
        }
    }
    assert_eq!(hashes.len(), 1, "60 reports, one content");
}

#[test]
fn any_zone_any_language_any_jobs() {
    let here = tempfile::tempdir().unwrap();
    std::fs::create_dir(here.path().join("runs")).unwrap();
    write_runs(&here.path().join("runs"));
    let made = |zone: &str, language: &str, jobs: &str| {
        let output = lightfoot(here.path())
            .env("TZ", zone)
            .env("LANG", language)
            .env("LC_ALL", language)
            .args(["report", "runs", "--json", "--jobs", jobs])
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(3), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    };
    let first = made("UTC", "C", "1");
    for (zone, language, jobs) in [
        ("Pacific/Kiritimati", "tr_TR.UTF-8", "2"),
        ("America/St_Johns", "de_DE.UTF-8", "8"),
        (":/no/such/zone", "ar_EG.UTF-8", "1"),
        ("EST5EDT,M3.2.0,M11.1.0", "C.UTF-8", "2"),
    ] {
        assert_eq!(made(zone, language, jobs), first, "{zone} {language}");
    }
}
