//! What is planted in `samples/` is found in `samples/`.

#[path = "support/mod.rs"]
mod support;

#[test]
fn explore() {
    use std::io::Read as _;
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut runs = Vec::new();
    let mut names: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let settings = lightfoot::Settings::default();
    for name in names {
        if name.ends_with(".md") || name.ends_with(".toml") || name.contains("export") {
            continue;
        }
        let mut bytes = std::fs::read(folder.join(&name)).unwrap();
        if name.ends_with(".gz") {
            let mut out = Vec::new();
            flate2::read::GzDecoder::new(&bytes[..]).read_to_end(&mut out).unwrap();
            bytes = out;
        }
        let out = lightfoot::read::read(&bytes, &settings.limits).unwrap();
        for r in &out.recordings {
            match lightfoot::analyze(r, &settings, &Default::default()) {
                Ok(mut a) => {
                    println!(
                        "{name} {:?} {:?} {} {:?} sr {:?} dev {:?} track {:?} dyn {:?}",
                        a.meta.device.label(),
                        a.meta.epoch,
                        a.pieces.len(),
                        a.issues.iter().map(|i| (i.kind, i.count)).collect::<Vec<_>>(),
                        a.value("step_rate"),
                        a.summary.get(lightfoot::activity::SummaryKey::StepRateSpm),
                        a.track.as_ref().map(|t| (t.net_laps, t.lap_length_m)),
                        a.dynamics
                    );
                    a.meta.file = name.clone();
                    runs.push(a)
                }
                Err(e) => println!("{name} {e:?} {:?}", out.issues),
            }
        }
    }
    let h = lightfoot::trend::History::build(runs, &settings);
    for (i, e) in h.epochs.iter().enumerate() {
        println!("{i} {} {} {:?}", e.label, e.runs.len(), e.dynamics);
    }
    for m in &h.models {
        println!("{m:?}");
    }
    for s in &h.series {
        println!("{} {:#?}", s.metric, s.trends);
    }
    for w in &h.weeks {
        println!(
            "{} {:.1} long {:.1} desc {:?} {:?} {:?}",
            w.monday,
            w.distance_m / 1e3,
            w.longest_m / 1e3,
            w.descent_m,
            w.camber,
            w.grade_bands_m
        );
    }
}
