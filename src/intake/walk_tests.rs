//! What a walk finds and how it names it.

use super::*;

#[test]
fn two_folders_of_one_name_stay_two() {
    let here = tempfile::tempdir().unwrap();
    let roots = ["a/runs", "b/runs"].map(|root| here.path().join(root));
    for root in &roots {
        fs::create_dir_all(root).unwrap();
        fs::write(root.join("one.fit"), b"x").unwrap();
    }
    let labels: BTreeSet<String> =
        walk(&roots, &Limits::default()).found.into_iter().map(|f| f.label).collect();
    assert_eq!(labels.len(), 2, "{labels:?}");
    assert!(walk(&roots[..1], &Limits::default()).found.iter().all(|f| f.label == "runs/one.fit"));
}

#[test]
fn labels_lead_down_from_what_was_given() {
    for (given, inside, label) in [
        ("samples", "samples/a.fit", "samples/a.fit"),
        ("./samples", "./samples/a.fit", "samples/a.fit"),
        (".", "./a.fit", "a.fit"),
        ("/home/ada/runs", "/home/ada/runs/2026/a.fit", "runs/2026/a.fit"),
        ("/home/ada/runs/a.fit", "/home/ada/runs/a.fit", "a.fit"),
        ("../ada/runs", "../ada/runs/a.fit", "runs/a.fit"),
        ("..", "../a.fit", "a.fit"),
    ] {
        let walk = Walk { untold: untold(Path::new(given)), ..Walk::default() };
        assert_eq!(walk.label(Path::new(inside)), label, "{given}");
    }
    assert_eq!(told(Path::new("/home/ada/lightfoot.toml")), "lightfoot.toml");
    assert_eq!(told(Path::new("samples/lightfoot.toml")), "samples/lightfoot.toml");
}
