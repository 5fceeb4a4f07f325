//! Things that are no files: the program ends, says what it could not read, and leaves nothing.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use lightfoot::intake::{Found, load, told};
use lightfoot::read::Limits;

use crate::given::fit_run;
use crate::{code, lightfoot};

/// A program that hangs is killed and fails the test.
#[cfg(unix)]
fn ends(command: &mut Command) -> std::process::Output {
    let mut child = command
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let begun = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if begun.elapsed() > Duration::from_secs(60) {
            child.kill().unwrap();
            panic!("it hangs");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    child.wait_with_output().unwrap()
}

#[cfg(unix)]
#[test]
fn loops_pipes_devices_and_unreadable_files_end_in_code_three() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let here = tempfile::tempdir().unwrap();
    let runs = here.path().join("runs");
    fs::create_dir_all(runs.join("deep")).unwrap();
    fs::write(runs.join("a.fit"), fit_run(600, 84)).unwrap();
    symlink("..", runs.join("deep/up")).unwrap();
    symlink("b.fit", runs.join("c.fit")).unwrap();
    symlink("c.fit", runs.join("b.fit")).unwrap();
    symlink("/dev/zero", runs.join("zero.fit")).unwrap();
    symlink("/etc/passwd", runs.join("out.gpx")).unwrap();
    assert!(Command::new("mkfifo").arg(runs.join("pipe.fit")).status().unwrap().success());
    // A regular file whose bytes the system does not give, even to its administrator.
    let silent = "/proc/self/mem";
    let locked = runs.join("locked.fit");
    fs::write(&locked, fit_run(60, 84)).unwrap();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    let may_read_all = fs::read(&locked).is_ok();
    let mut given = vec!["report", "runs", "/dev/zero", "runs/pipe.fit"];
    if Path::new(silent).exists() {
        given.push(silent);
    }
    let output = ends(lightfoot(here.path()).args(&given));
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(code(&output), Some(3), "{printed}\n{}", String::from_utf8_lossy(&output.stderr));
    for name in ["zero", "pipe.fit"] {
        assert!(printed.contains(name), "{name} is listed: {printed}");
    }
    assert!(!Path::new(silent).exists() || printed.contains("mem"), "{printed}");
    assert!(may_read_all || printed.contains("locked.fit"), "{printed}");
    assert!(printed.contains("link"), "links are counted: {printed}");
    assert!(!printed.contains("root:"), "no link was followed");
    // And with --json the same is in the object.
    let output = ends(lightfoot(here.path()).args(&given).arg("--json"));
    assert_eq!(code(&output), Some(3));
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let listed = document["inputs"].to_string();
    assert!(listed.contains("zero") && listed.contains("pipe.fit"), "{listed}");
    assert_eq!(document["passed_over"]["link"], 5, "{}", document["passed_over"]);
    // --strict makes it a failure.
    assert_eq!(code(&ends(lightfoot(here.path()).args(&given).arg("--strict"))), Some(1));
}

#[test]
fn a_file_that_changes_while_it_is_read() {
    let here = tempfile::tempdir().unwrap();
    let path = here.path().join("changing.fit");
    let whole = fit_run(3000, 84);
    fs::write(&path, &whole).unwrap();
    let done = std::sync::atomic::AtomicBool::new(false);
    let found = Found { label: told(&path), ..found(&path) };
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut length = 0;
            while !done.load(std::sync::atomic::Ordering::Relaxed) {
                length = (length + 7919) % whole.len();
                let file = fs::OpenOptions::new().write(true).open(&path).unwrap();
                file.set_len(length as u64).unwrap();
                drop(file);
                fs::write(&path, &whole).unwrap();
            }
        });
        for _ in 0..300 {
            if let Ok(loaded) = load(&found, &Limits::default()) {
                assert!(loaded.bytes.len() <= whole.len());
                let read = lightfoot::read::read(&loaded.bytes, &Limits::default());
                let records = read.map(|o| o.recordings.iter().map(|r| r.times_ms.len()).sum());
                assert!(records.unwrap_or(0_usize) <= 3000);
            }
        }
        done.store(true, std::sync::atomic::Ordering::Relaxed);
    });
}

/// The one file of a path, as the walk finds it.
fn found(path: &Path) -> Found {
    let walked = lightfoot::intake::walk(&[path.to_owned()], &Limits::default());
    walked.found.into_iter().next().unwrap()
}

#[test]
fn no_network_code_and_no_network() {
    const NETWORK: &[&str] = &[
        "reqwest",
        "hyper",
        "ureq",
        "curl",
        "isahc",
        "attohttpc",
        "surf",
        "minreq",
        "native-tls",
        "rustls",
        "openssl",
        "tokio",
        "async-std",
        "smol",
        "mio",
        "socket2",
        "h2",
        "quinn",
        "tungstenite",
        "trust-dns-resolver",
        "hickory-resolver",
        "zbus",
        "ssh2",
        "git2",
    ];
    let lock = include_str!("../../Cargo.lock");
    let names = lock.lines().filter_map(|l| l.strip_prefix("name = \"")?.strip_suffix('"'));
    for name in names {
        assert!(!NETWORK.contains(&name), "{name} can reach the network");
    }
    let here = tempfile::tempdir().unwrap();
    fs::write(here.path().join("a.fit"), fit_run(600, 84)).unwrap();
    // In a name space of its own there is no network at all.
    let alone = |arguments: &[&str]| {
        let mut command = Command::new("unshare");
        command.args(["-r", "-n"]).args(arguments).current_dir(here.path());
        command.env("HOME", here.path()).output()
    };
    if !alone(&["true"]).is_ok_and(|o| o.status.success()) {
        println!("skipped in part: this system gives no name space without a network");
        return;
    }
    let output = alone(&[env!("CARGO_BIN_EXE_lightfoot"), "report", "a.fit"]).unwrap();
    assert_eq!(code(&output), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(here.path().join("lightfoot-report.html").exists());
}

#[test]
fn nothing_is_written_but_the_page() {
    let here = tempfile::tempdir().unwrap();
    fs::create_dir(here.path().join("work")).unwrap();
    fs::write(here.path().join("a.fit"), fit_run(600, 84)).unwrap();
    let work = here.path().join("work");
    for arguments in [
        vec!["report", "../a.fit", "-o", "page.html"],
        vec!["show", "../a.fit"],
        vec!["inspect", "../a.fit"],
        vec!["export", "../a.fit"],
    ] {
        let output = lightfoot(&work).env("TMPDIR", &work).args(&arguments).output().unwrap();
        assert_eq!(code(&output), Some(0), "{arguments:?}");
    }
    let list = |folder: &Path| {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    assert_eq!(
        (list(&work), list(here.path())),
        (vec!["page.html".to_owned()], vec!["a.fit".to_owned(), "work".to_owned()])
    );
}
