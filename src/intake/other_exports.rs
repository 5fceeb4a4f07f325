//! Exports of services whose activities come in a form that is not read here: they are named
//! with what to do, and not only counted among other files.

/// Whether a path with its last name is of a form.
type Tells = fn(&str, &str) -> bool;

/// Forms of activity files: how a path is told, and what to do.
const FORMS: &[(Tells, &str)] = &[
    (
        |_, name| name.starts_with("training-session") && name.ends_with(".json"),
        "Polar session as JSON, not read: export it from Polar Flow as FIT or TCX",
    ),
    (
        |path, name| name == "export.xml" && path.contains("apple_health_export/"),
        "Apple Health's own export, not read: use an app that writes FIT from Health",
    ),
    (
        |_, name| name.starts_with("com.samsung.shealth.exercise.") && name.ends_with(".csv"),
        "Samsung Health exercise table, not read: share the activity as GPX, or through Strava",
    ),
    (
        |_, name| name.starts_with("com.samsung.shealth.exercise") && name.ends_with(".json"),
        "Samsung Health exercise as JSON, not read: share the activity as GPX",
    ),
    (
        |_, name| name.contains(".com.samsung.health.exercise.") && name.ends_with(".json"),
        "Samsung Health exercise as JSON, not read: share the activity as GPX",
    ),
    (
        |path, name| {
            name.starts_with("exercise-") && name.ends_with(".json") && path.contains("Fitbit")
        },
        "Fitbit exercise list, not read: export the activity as TCX",
    ),
    (
        |_, name| name.starts_with("UserExercises_") && name.ends_with(".csv"),
        "Fitbit exercise table, not read: export the activity as TCX",
    ),
    (
        |path, name| name.ends_with(".json") && path.to_lowercase().contains("nike"),
        "Nike Run Club run as JSON, not read: pass it on to Strava and export it there",
    ),
    (
        |_, name| name.ends_with(".sml") || name.starts_with("entry_") && name.ends_with(".json"),
        "Suunto log, not read: export the activity from the Suunto app as FIT",
    ),
];

/// What a path of a known layout is, with what to do.
pub(super) fn named(path: &str) -> Option<&'static str> {
    let name = path.rsplit('/').next().unwrap_or_default();
    FORMS.iter().find(|(is, _)| is(path, name)).map(|(_, words)| *words)
}

/// Whether a kind of passed-over file should have been activities, by its words.
pub fn is_unread_activity(kind: &str) -> bool {
    FORMS.iter().any(|(_, words)| *words == kind)
}
