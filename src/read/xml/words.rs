//! Words that services and watches use: sports and makers.

use crate::activity::{Sport, SubSport};

/// Longest title or name that is kept, in characters. **chosen**.
const NAME_CHARACTERS: usize = 200;

/// A name for people: one line, no control characters, of bounded length; `None` when blank.
pub(in crate::read) fn plain_text(text: &str) -> Option<String> {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty());
    let joined = words.collect::<Vec<_>>().join(" ");
    let plain: String = joined.chars().take(NAME_CHARACTERS).collect();
    (!plain.is_empty()).then_some(plain)
}

/// Sport and kind of it from a word (`running`, `trail_running`, `Run`, `Laufen`) or from
/// Strava's number; a blank is unknown, any other word is kept as it is.
pub(in crate::read) fn sport(text: &str) -> (Sport, SubSport) {
    let Some(plain) = plain_text(text) else { return (Sport::Unknown, SubSport::Generic) };
    let lower = plain.to_lowercase();
    // Strava's numbers: only these two are known from real files.
    match lower.as_str() {
        "9" => return (Sport::Running, SubSport::Generic),
        "1" | "biking" | "cycling" => {
            return (Sport::Other("cycling".to_owned()), SubSport::Generic);
        }
        // Strava's API and some exporters join the words.
        "trailrun" | "trailrunning" => return (Sport::Running, SubSport::Trail),
        "virtualrun" => return (Sport::Running, SubSport::Other("virtual_activity".to_owned())),
        _ => {}
    }
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).collect();
    let says = |list: &[&str]| words.iter().any(|w| list.contains(w));
    let treadmill = says(&["treadmill", "laufband", "loopband"]);
    if !treadmill && !says(RUNNING_WORDS) {
        return (Sport::Other(plain), SubSport::Generic);
    }
    let kind = if treadmill {
        SubSport::Treadmill
    } else if says(&["trail", "trailrunning", "mountain", "ultra"]) {
        SubSport::Trail
    } else if says(&["indoor"]) {
        SubSport::IndoorRunning
    } else if says(&["virtual"]) {
        SubSport::Other("virtual_activity".to_owned())
    } else if says(&["track"]) {
        SubSport::Track
    } else if says(&["street", "road"]) {
        SubSport::Street
    } else {
        SubSport::Generic
    };
    (Sport::Running, kind)
}

/// Running in the languages that services export in. **chosen** from their sport lists.
const RUNNING_WORDS: &[&str] = &[
    "run",
    "running",
    "runner",
    "jog",
    "jogging",
    "laufen",
    "lauf",
    "joggen",
    "hardlopen",
    "corsa",
    "correr",
    "carrera",
    "corrida",
    "pied",
    "löpning",
    "løb",
    "løping",
    "bieganie",
    "бег",
    "ランニング",
    "跑步",
];

/// Makers as FIT names them, by words in a creator's name.
const MAKERS: &[(&str, &str)] = &[
    ("garmin", "garmin"),
    ("forerunner", "garmin"),
    ("fenix", "garmin"),
    ("fēnix", "garmin"),
    ("vivoactive", "garmin"),
    ("coros", "coros"),
    ("suunto", "suunto"),
    ("movescount", "suunto"),
    ("polar", "polar_electro"),
    ("apple", "apple"),
    ("strava", "strava"),
    ("stravagpx", "strava"),
    ("stryd", "stryd"),
    ("wahoo", "wahoo_fitness"),
    ("huawei", "huawei"),
    ("huami", "zepp"),
    ("zepp", "zepp"),
    ("amazfit", "zepp"),
    ("fitbit", "fitbit"),
    ("samsung", "samsung"),
    ("runkeeper", "runkeeper"),
    ("opentracks", "opentracks"),
    ("osmand", "osmand"),
];

/// Maker of a watch or app by its name.
pub(in crate::read) fn maker(name: &str) -> Option<&'static str> {
    let lower = name.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty());
    words.find_map(|word| MAKERS.iter().find(|(known, _)| *known == word).map(|(_, maker)| *maker))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sports_by_word_and_number() {
        for (text, kind) in [
            ("running", SubSport::Generic),
            ("Run", SubSport::Generic),
            ("9", SubSport::Generic),
            ("trail_running", SubSport::Trail),
            ("TrailRun", SubSport::Trail),
            ("treadmill_running", SubSport::Treadmill),
            ("indoor_running", SubSport::IndoorRunning),
            ("Course à pied", SubSport::Generic),
        ] {
            assert_eq!(sport(text), (Sport::Running, kind), "{text}");
        }
        assert_eq!(sport(" \n").0, Sport::Unknown);
        assert_eq!(sport("1").0, Sport::Other("cycling".to_owned()));
        assert_eq!(sport("Biking").0, Sport::Other("cycling".to_owned()));
        assert_eq!(sport("WM T Double Track").0, Sport::Other("WM T Double Track".to_owned()));
        assert_eq!(sport("Trunk road").0, Sport::Other("Trunk road".to_owned()));
    }

    #[test]
    fn makers_by_name() {
        assert_eq!(maker("Garmin Connect"), Some("garmin"));
        assert_eq!(maker("Forerunner305"), Some("garmin"));
        assert_eq!(maker("StravaGPX Android"), Some("strava"));
        assert_eq!(maker("COROS PACE 3"), Some("coros"));
        assert_eq!(maker("mapstogpx.com"), None);
    }

    #[test]
    fn names_are_one_bounded_line() {
        assert_eq!(plain_text(" a\n\tb\u{1b}[31m "), Some("a b [31m".to_owned()));
        assert_eq!(plain_text("\n "), None);
        assert_eq!(plain_text(&"x".repeat(10_000)).unwrap().len(), 200);
    }
}
