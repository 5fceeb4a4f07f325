//! Places that are not as usual: a full disk, no home, folders that take nothing, names that are no
//! text.

use std::fs::{self, File};
use std::process::Stdio;

use crate::given::{fit_run, gpx_run};
use crate::{code, lightfoot};

/// Every output that meets a full disk is a failure that says so, and no half of it poses as whole.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said() {
    let here = tempfile::tempdir().unwrap();
    fs::write(here.path().join("a.fit"), fit_run(600, 84)).unwrap();
    fs::write(here.path().join("b.gpx"), gpx_run(600, "84")).unwrap();
    for words in [
        vec!["report", "a.fit", "-o", "-"],
        vec!["report", "a.fit", "--json"],
        vec!["export", "a.fit"],
        vec!["export", "a.fit", "--format", "ndjson"],
        vec!["export", "b.gpx", "--gpx", "--keep-ends"],
        vec!["show", "a.fit"],
        vec!["inspect", "a.fit"],
        vec!["explain", "step_rate"],
    ] {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let mut command = lightfoot(here.path());
        let run = command.args(&words).stdout(Stdio::from(full)).output().unwrap();
        let said = String::from_utf8_lossy(&run.stderr).into_owned();
        assert_eq!(code(&run), Some(1), "{words:?}: {said}");
        assert!(said.contains("space"), "{words:?}: {said}");
        assert!(!said.contains("panicked"), "{words:?}: {said}");
    }
}

#[cfg(unix)]
#[test]
fn no_home_no_settings_and_names_that_are_no_text() {
    use std::os::unix::ffi::OsStrExt;
    let here = tempfile::tempdir().unwrap();
    let odd = here.path().join(std::ffi::OsStr::from_bytes(b"l\xe4ufe \xff"));
    // Some systems refuse such names.
    if fs::create_dir(&odd).is_err() {
        println!("skipped: this system takes no such names");
        return;
    }
    let path = odd.join(std::ffi::OsStr::from_bytes(b"\xe9 1.fit"));
    fs::write(&path, fit_run(600, 84)).unwrap();
    for command in ["report", "export", "show", "inspect"] {
        for given in [&odd, &path] {
            if given == &odd && ["inspect", "show"].contains(&command) {
                continue;
            }
            let mut run = lightfoot(here.path());
            run.env_clear().arg(command).arg(given);
            if command == "report" {
                run.args(["-o", "page.html"]);
            }
            let run = run.output().unwrap();
            assert_eq!(code(&run), Some(0), "{command}: {}", String::from_utf8_lossy(&run.stderr));
            let shown = String::from_utf8(run.stdout).expect("what is printed is text");
            assert!(command == "report" || shown.contains("1.fit"), "{command}: {shown}");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_takes_nothing_is_read_all_the_same() {
    use std::os::unix::fs::PermissionsExt;
    let here = tempfile::tempdir().unwrap();
    let shut = here.path().join("shut");
    fs::create_dir(&shut).unwrap();
    fs::write(shut.join("a.fit"), fit_run(600, 84)).unwrap();
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o555)).unwrap();
    let read = lightfoot(&shut).args(["report", "a.fit", "-o", "-"]).output().unwrap();
    assert_eq!(code(&read), Some(0), "{}", String::from_utf8_lossy(&read.stderr));
    // Who may write everywhere, the administrator, is refused nothing.
    if fs::write(shut.join("probe"), "").is_err() {
        let refused = lightfoot(&shut).args(["report", "a.fit"]).output().unwrap();
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert_eq!(code(&refused), Some(1), "{said}");
        assert!(said.contains("lightfoot-report.html"), "the path is named: {said}");
    }
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o755)).unwrap();
}
