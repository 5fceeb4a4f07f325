//! The columns of `notes.csv`: what each takes, under which names it is known, and the example
//! that `explain notes` prints. One table, so that help and reader cannot disagree.

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Day of the run, with or without a time.
    Date,
    /// Time of the start.
    Time,
    /// File of the run.
    File,
    /// Where on the road.
    RoadSide,
    /// What that is a side of.
    RoadKind,
    /// Measured crossfall.
    Crossfall,
    /// Surface.
    Surface,
    /// Shoe.
    Shoe,
    /// Perceived exertion.
    Exertion,
    /// Pain during the run.
    PainDuring,
    /// Pain on the next morning.
    PainNextMorning,
    /// Where it hurt.
    PainWhere,
    /// On which side.
    PainSide,
    /// Free text.
    Text,
}

/// A column with its documentation.
#[derive(Clone, Copy, Debug)]
pub struct ColumnDoc {
    /// What it holds.
    pub column: Column,
    /// Its name; other names are understood too.
    pub name: &'static str,
    /// What a cell takes, for people.
    pub takes: &'static str,
    /// Other names, in lower case with single spaces.
    also: &'static [&'static str],
}

/// All columns, in the order in which they are documented.
pub const COLUMNS: &[ColumnDoc] = &[
    ColumnDoc {
        column: Column::Date,
        name: "date",
        takes: "2026-05-03, with a time where a day has several runs: 2026-05-03 07:30",
        also: &[
            "day",
            "when",
            "start",
            "datetime",
            "date time",
            "start date",
            "run date",
            "datum",
            "tag",
        ],
    },
    ColumnDoc {
        column: Column::Time,
        name: "time",
        takes: "07:30, the start, in place of a time beside the date",
        also: &["start time", "time of day", "uhrzeit", "zeit"],
    },
    ColumnDoc {
        column: Column::File,
        name: "file",
        takes: "the name of the run's file, in place of a date",
        also: &["filename", "file name", "activity file", "path", "datei", "dateiname"],
    },
    ColumnDoc {
        column: Column::RoadSide,
        name: "road side",
        takes: "left, right, facing traffic, with traffic, same kerb or mixed; \"left pavement\" \
                says the kind too",
        also: &[
            "side of road",
            "side of the road",
            "roadside",
            "which side",
            "strassenseite",
            "straßenseite",
        ],
    },
    ColumnDoc {
        column: Column::RoadKind,
        name: "road kind",
        takes: "road, pavement or path",
        also: &["kind of road", "road type", "way", "way kind"],
    },
    ColumnDoc {
        column: Column::Crossfall,
        name: "crossfall percent",
        takes: "percent, 0 to 15, as a phone laid across the road shows it",
        also: &[
            "crossfall",
            "cross fall",
            "cross slope",
            "camber",
            "camber percent",
            "querneigung",
            "quergefälle",
        ],
    },
    ColumnDoc {
        column: Column::Surface,
        name: "surface",
        takes: "road, concrete, gravel, trail, grass, sand, track, treadmill, or your own word",
        also: &["ground", "terrain", "underfoot", "untergrund", "belag"],
    },
    ColumnDoc {
        column: Column::Shoe,
        name: "shoe",
        takes: "a name, spelled the same each time",
        also: &["shoes", "gear", "footwear", "schuh", "schuhe"],
    },
    ColumnDoc {
        column: Column::Exertion,
        name: "exertion",
        takes: "0 to 10, how hard the whole run felt",
        also: &["perceived exertion", "rpe", "srpe", "effort", "anstrengung"],
    },
    ColumnDoc {
        column: Column::PainDuring,
        name: "pain during",
        takes: "0 to 10",
        also: &[
            "pain",
            "pain during run",
            "pain during the run",
            "pain in run",
            "schmerz",
            "schmerzen",
        ],
    },
    ColumnDoc {
        column: Column::PainNextMorning,
        name: "pain next morning",
        takes: "0 to 10",
        also: &[
            "next morning",
            "pain in the morning",
            "pain morning",
            "morning pain",
            "pain the next morning",
            "schmerz am morgen",
        ],
    },
    ColumnDoc {
        column: Column::PainWhere,
        name: "where",
        takes: "where it hurt, in your words",
        also: &["pain where", "where it hurt", "location", "pain location", "body part", "wo"],
    },
    ColumnDoc {
        column: Column::PainSide,
        name: "side",
        takes: "left, right or both: the side that hurt",
        also: &["pain side", "leg", "body side", "seite"],
    },
    ColumnDoc {
        column: Column::Text,
        name: "text",
        takes: "anything else, in your words",
        also: &[
            "note",
            "notes",
            "comment",
            "comments",
            "remark",
            "remarks",
            "description",
            "notiz",
            "notizen",
            "bemerkung",
            "kommentar",
        ],
    },
];

/// A file that shows every column.
pub const EXAMPLE: &str = "\
date,road side,surface,shoe,exertion,pain during,next morning,where,side,text
2026-05-03,facing traffic,road,Blue trainer,4,,,,,easy with Kim
2026-05-05,left pavement,road,Blue trainer,6,,,,,
2026-05-07 07:30,,track,Light racer,8,1,0,kneecap,left,\"400s, felt stiff\"
2026-05-07 18:10,mixed,trail,Trail shoe,3,,,,,
";

/// The column that a heading names.
pub(super) fn column(heading: &str) -> Option<Column> {
    let name = plain(heading);
    COLUMNS.iter().find(|c| c.name == name || c.also.contains(&name.as_str())).map(|c| c.column)
}

/// A heading without case, signs, units and scales: `Pain_next-morning (0-10)`.
fn plain(heading: &str) -> String {
    let words = heading.split(['(', '[']).next().unwrap_or_default().to_lowercase();
    let words = words.replace('%', " percent ");
    let words: Vec<&str> = words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty() && !w.chars().all(|c| c.is_ascii_digit()))
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_known_however_it_is_dressed() {
        for (heading, expected) in [
            ("DATE", Column::Date),
            ("road_side", Column::RoadSide),
            ("Pain next-morning (0-10)", Column::PainNextMorning),
            ("Pain during 0-10", Column::PainDuring),
            ("Crossfall %", Column::Crossfall),
            ("RPE [0..10]", Column::Exertion),
            (" Straßenseite ", Column::RoadSide),
        ] {
            assert_eq!(column(heading), Some(expected), "{heading}");
        }
        assert_eq!(column("weather"), None);
        assert_eq!(column(""), None);
    }

    #[test]
    fn no_name_stands_for_two_columns() {
        let mut names: Vec<&str> =
            COLUMNS.iter().flat_map(|c| c.also.iter().copied().chain([c.name])).collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
        assert!(names.iter().all(|n| plain(n) == **n), "a name that its own heading would not be");
    }
}
