//! Bulk exports of services in their layouts: what their tables say, and what is named as unread.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the functions of a test say what they expect, like its tests"
)]

mod zip_maker;

use std::fs;
use std::path::Path;

use lightfoot::intake::{Opened, Walked, is_unread_activity, open_each, walk};
use lightfoot::journal::{About, Note, NoteSource, Said};
use lightfoot::read::Limits;
use lightfoot::stopwatch::Stopwatch;
use zip_maker::{Entry, gzip, zip};

const GPX: &str = "<gpx creator='x'><trk><trkseg><trkpt lat='51' lon='7'>\
    <time>2024-05-01T12:00:00Z</time></trkpt></trkseg></trk></gpx>";
const TCX: &str = "          <?xml version='1.0'?><TrainingCenterDatabase><Activities>\
    <Activity Sport='Running'><Id>2024-05-02T12:00:00Z</Id></Activity></Activities>\
    </TrainingCenterDatabase>";

/// The heading of 2026 up to the last column that is read, as Strava writes it.
const HEADING: &str = "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,\
Elapsed Time,Distance,Max Heart Rate,Relative Effort,Commute,Activity Private Note,Activity Gear,\
Filename,Athlete Weight,Bike Weight,Elapsed Time,Moving Time,Distance,Max Speed,Average Speed,\
Elevation Gain,Elevation Loss,Elevation Low,Elevation High,Max Grade,Average Grade,\
Average Positive Grade,Average Negative Grade,Max Cadence,Average Cadence,Max Heart Rate,\
Average Heart Rate,Max Watts,Average Watts,Calories,Max Temperature,Average Temperature,\
Relative Effort,Total Work,Number of Runs,Uphill Time,Downhill Time,Other Time,\
Perceived Exertion,Type,Start Time,Weighted Average Power,Power Count,\
Prefer Perceived Exertion,Perceived Relative Effort,Commute,Total Weight Lifted,From Upload,\
Grade Adjusted Distance,Weather Observation Time,Weather Condition,Weather Temperature,\
Apparent Temperature,Dewpoint,Humidity,Weather Pressure,Wind Speed,Wind Gust,Wind Bearing,\
Precipitation Intensity,Sunrise Time,Sunset Time,Moon Phase,Bike,Gear,\
Precipitation Probability,Precipitation Type,Cloud Cover,Weather Visibility,UV Index,\
Weather Ozone,Jump Count,Total Grit,Average Flow,Flagged,Average Elapsed Speed,Dirt Distance,\
Newly Explored Distance,Newly Explored Dirt Distance,Activity Count,Total Steps,Media";

fn open(paths: &[&Path]) -> (Walked, Opened<Result<String, String>>) {
    let paths: Vec<_> = paths.iter().map(|p| p.to_path_buf()).collect();
    let walked = walk(&paths, &Limits::default());
    let opened =
        open_each(&walked, &Limits::default(), &Stopwatch::stopped(), |input| match input {
            Ok(loaded) => Ok(loaded.label),
            Err(error) => Err(error.to_string()),
        });
    (walked, opened)
}

/// A row with some cells filled.
fn row(cells: &[(usize, &str)]) -> String {
    let columns = HEADING.split(',').count();
    let cell = |at| cells.iter().find(|(place, _)| *place == at).map_or("", |(_, text)| text);
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    (0..columns).map(|at| quoted(cell(at))).collect::<Vec<_>>().join(",")
}

fn activities(heading: &str, decimal: &str) -> String {
    let rows = [
        row(&[
            (0, "9"),
            (2, "Evening \"easy\" run"),
            (3, "Run"),
            (4, "two lines,\nand a comma"),
            (10, "left knee stiff"),
            (11, "Red shoes"),
            (12, "activities/77.gpx.gz"),
            (17, &format!("10000{decimal}5")),
            (43, &format!("6{decimal}0")),
            (81, &format!("2500{decimal}0")),
            (85, "9000"),
        ]),
        // Entered by hand: no file.
        row(&[(0, "10"), (2, "Treadmill"), (43, "3.0")]),
        // More dirt than distance, exertion and steps not given.
        row(&[(2, "Hills"), (12, "activities/78.tcx.gz"), (17, "5000"), (81, "9000"), (85, "0")]),
    ];
    format!("\u{feff}{heading}\r\n{}\r\n", rows.join("\r\n"))
}

fn expected_first(folder: &str) -> Note {
    Note {
        about: About::File(format!("{folder}activities/77.gpx.gz")),
        source: NoteSource::Strava,
        place: format!("{folder}activities.csv, row 2"),
        said: Said {
            title: Some("Evening \"easy\" run".to_owned()),
            text: Some("two lines,\nand a comma\nleft knee stiff".to_owned()),
            shoe: Some("Red shoes".to_owned()),
            exertion: Some(6.0),
            unpaved_m: Some(2500.0),
            steps: Some(9000.0),
            ..Said::default()
        },
    }
}

#[test]
fn a_strava_archive_gives_its_titles_shoes_and_notes() {
    let folder = tempfile::tempdir().unwrap();
    let foreign: Vec<String> =
        HEADING.split(',').enumerate().map(|(i, _)| format!("Spalte {i}")).collect();
    for (name, heading, decimal) in
        [("english.zip", HEADING.to_owned(), "."), ("other.zip", foreign.join(","), ",")]
    {
        let members = [
            Entry::deflated("activities.csv", activities(&heading, decimal).as_bytes()),
            Entry::deflated("activities/77.gpx.gz", &gzip(GPX.as_bytes())).sizes_behind(),
            Entry::stored("activities/78.tcx.gz", &gzip(TCX.as_bytes())),
            Entry::deflated("routes/1.gpx", b"<gpx><rte><rtept lat='1' lon='2'/></rte></gpx>"),
            Entry::deflated("shoes.csv", b"Shoe Name,Shoe Brand\nRed shoes,X\n"),
            Entry::deflated("media/1.jpg", b"\xff\xd8\xff"),
        ];
        let path = folder.path().join(name);
        fs::write(&path, zip(&members)).unwrap();
        let (_, opened) = open(&[&path]);
        assert_eq!(opened.inputs.len(), 3, "{:?}", opened.inputs);
        assert_eq!(opened.notes.len(), 2, "{:?}", opened.notes);
        assert_eq!(opened.notes[0], expected_first(&format!("{name}/")));
        let hills = Said { title: Some("Hills".to_owned()), ..Said::default() };
        assert_eq!(opened.notes[1].said, hills);
        // The same, packed into another archive.
        let outer = folder.path().join(format!("outer {name}"));
        fs::write(&outer, zip(&[Entry::deflated(name, &zip(&members))])).unwrap();
        let (_, opened) = open(&[&outer]);
        assert_eq!(opened.notes[0], expected_first(&format!("outer {name}/{name}/")));
    }
}

#[test]
fn an_unpacked_strava_archive_is_the_same_and_other_tables_are_not() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("export_1");
    fs::create_dir_all(root.join("activities")).unwrap();
    fs::create_dir_all(root.join("own")).unwrap();
    fs::write(root.join("activities/77.gpx.gz"), gzip(GPX.as_bytes())).unwrap();
    fs::write(root.join("activities.csv"), activities(HEADING, ".")).unwrap();
    fs::write(root.join("own/activities.csv"), "date,km\n2024-05-01,10\n").unwrap();
    let (walked, opened) = open(&[&root]);
    assert_eq!(opened.notes[0], expected_first("export_1/"));
    assert_eq!(opened.notes.len(), 2);
    assert_eq!(walked.passed_over.get(".csv file"), Some(&1));
}

/// Headings as Strava wrote them: French of 2024 and Czech of 2026 begin alike in their own words,
/// English of 2019 lacks two columns in front of the file.
#[test]
fn headings_of_other_languages_and_years_are_read_by_their_places() {
    const FRENCH: &str = "ID de l'activité,Date de l'activité,Nom de l'activité,Type d'activité,\
Description de l'activité,Temps écoulé,Distance,Fréquence cardiaque max.,Effort relatif,\
Déplacement-transport,Note privée sur les activités,Matériel utilisé pour l'activité,\
Nom du fichier,Poids de l'athlète,Poids du vélo,Temps écoulé,Durée de déplacement,Distance";
    const CZECH: &str = "ID aktivity,Datum aktivity,Název aktivity,Typ aktivity,Popis aktivity,\
Uplynulý čas,Vzdálenost,Maximální tepová frekvence,Relativní úsilí,Dojíždění,\
Soukromá poznámka k aktivitě,Vybavení na aktivitu,Název souboru,Hmotnost sportovce,\
Hmotnost kola,Uplynulý čas,Aktivní čas,Vzdálenost";
    const OLD: &str = "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,\
Elapsed Time,Distance,Relative Effort,Commute,Activity Gear,Filename,Athlete Weight,Bike Weight,\
Elapsed Time,Moving Time,Distance";
    for (heading, file, note) in [(FRENCH, 12, Some(10)), (CZECH, 12, Some(10)), (OLD, 10, None)] {
        // The rest of the heading, in nobody's words.
        let mut columns: Vec<String> = heading.split(',').map(str::to_owned).collect();
        columns.extend((columns.len()..file + 75).map(|i| format!("x{i}")));
        let mut cells = vec![String::new(); columns.len()];
        for (at, text) in [
            (2, "Odpolední běh"),
            (4, "doux"),
            (5, "1800"),
            (6, "\"5,02\""),
            (file - 1, "Modré"),
            (file, "activities/77.gpx.gz"),
            (file + 3, "1800.0"),
            (file + 5, "\"5020,4\""),
            (file + 31, "\"6,0\""),
            (file + 69, "\"1200,0\""),
            (file + 73, "4900"),
        ] {
            cells[at] = text.to_owned();
        }
        note.into_iter().for_each(|at: usize| cells[at] = "genou".to_owned());
        let said_of = |cells: &[String]| {
            let folder = tempfile::tempdir().unwrap();
            let table = format!("{}\r\n{}\r\n", columns.join(","), cells.join(","));
            fs::write(folder.path().join("activities.csv"), table).unwrap();
            let (_, opened) = open(&[folder.path()]);
            opened.notes[0].said.clone()
        };
        let expected = Said {
            title: Some("Odpolední běh".to_owned()),
            text: Some(if note.is_some() { "doux\ngenou" } else { "doux" }.to_owned()),
            shoe: Some("Modré".to_owned()),
            exertion: Some(6.0),
            unpaved_m: Some(1200.0),
            steps: Some(4900.0),
            ..Said::default()
        };
        assert_eq!(said_of(&cells), expected, "{heading}");
        // Another table than is known: what cannot be told by its words is left alone.
        cells[file + 3] = "17".to_owned();
        let said = said_of(&cells);
        assert_eq!((said.title, said.shoe), (expected.title, expected.shoe));
        assert_eq!((said.exertion, said.unpaved_m, said.steps), (None, None, None), "{heading}");
    }
}

#[test]
fn a_heading_of_years_ago_is_read_by_what_it_holds() {
    let folder = tempfile::tempdir().unwrap();
    let table = "id,date,name,type,description,elapsed_time,distance,commute,gear,filename\n\
        1,2018-01-01 10:00:00,Old run,Run,cold,1800,5000.0,false,Blue shoes,activities/1.gpx\n";
    fs::write(folder.path().join("activities.csv"), table).unwrap();
    let (_, opened) = open(&[folder.path()]);
    let said = &opened.notes[0].said;
    assert_eq!(said.title.as_deref(), Some("Old run"));
    assert_eq!(said.shoe.as_deref(), Some("Blue shoes"));
    assert_eq!(said.text.as_deref(), Some("cold"));
}

#[test]
fn a_garmin_export_gives_its_titles_and_joins_shoes_to_activities() {
    let folder = tempfile::tempdir().unwrap();
    let first = r#"[{"summarizedActivitiesExport":[
        {"activityId":111,"name":"Morning","activityType":"running","beginTimestamp":1714543200000,
         "duration":1800000.0,"distance":500000.0,"avgSpeed":0.277,"steps":4800,"workoutRpe":40},
        {"activityId":112,"name":null,"beginTimestamp":1714629600000.0},
        {"activityId":113,"name":"No start"}]}]"#;
    let bare = r#"[{"activityId":"211","name":" Later ","startTimeGmt":1714716000000}]"#;
    let gear = r#"[{"gearDTOS":[
        {"gearPk":5,"gearTypeName":"Shoes","customMakeModel":"Green shoes"},
        {"gearPk":6,"gearTypeName":"Bike","customMakeModel":"Bike"},
        {"gearPk":7,"gearTypeName":"Shoes","customMakeModel":" ","displayName":"Grey shoes"}],
      "gearActivityDTOs":{"5":[{"activityId":111}],"6":[{"activityId":112}],"7":[{"activityId":211}]}}]"#;
    let inner = zip(&[
        Entry::deflated("ada@example.org_5.gpx", GPX.as_bytes()),
        Entry::deflated("ada@example.org_6.txt", b"Entry: 6"),
    ]);
    let fitness = "DI_CONNECT/DI-Connect-Fitness/ada@example.org";
    let members = [
        Entry::deflated(format!("{fitness}_0_summarizedActivities.json"), first.as_bytes()),
        Entry::deflated(format!("{fitness}_1001_summarizedActivities.json"), bare.as_bytes()),
        Entry::deflated(format!("{fitness}_2002_summarizedActivities.json"), b"[{\"summ"),
        Entry::deflated(format!("{fitness}_gear.json"), gear.as_bytes()),
        Entry::deflated("DI_CONNECT/DI-Connect-Wellness/x_sleepData.json", b"[]"),
        Entry::deflated("DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part1.zip", &inner),
    ];
    let path = folder.path().join("garmin.zip");
    fs::write(&path, zip(&members)).unwrap();
    let (_, opened) = open(&[&path]);
    let titles: Vec<_> = opened
        .notes
        .iter()
        .map(|n| (n.about.clone(), n.said.title.as_deref(), n.said.shoe.as_deref()))
        .collect();
    assert_eq!(
        titles,
        [
            (About::Start(1_714_543_200_000), Some("Morning"), Some("Green shoes")),
            (About::Start(1_714_716_000_000), Some("Later"), Some("Grey shoes")),
        ]
    );
    let said = &opened.notes[0].said;
    assert_eq!((said.exertion, said.steps), (Some(4.0), Some(4800.0)));
    assert_eq!(opened.notes[0].source, NoteSource::Garmin);
    let read: Vec<&String> = opened.inputs.iter().flatten().collect();
    assert_eq!(
        read,
        ["garmin.zip/DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part1.zip/\
          ada@example.org_5.gpx"]
    );
    let [Err(damaged)] = &opened.inputs[1..] else { panic!("{:?}", opened.inputs) };
    assert!(damaged.contains("_2002_") && damaged.contains("titles and shoes"), "{damaged}");
    assert_eq!(opened.passed_over.get(".json file"), Some(&1));
    assert_eq!(opened.passed_over.get(".txt file"), Some(&1));
}

#[test]
fn what_other_services_export_is_named_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let names = [
        "polar/training-session-2024-05-01-1-uuid.json",
        "apple_health_export/export.xml",
        "samsunghealth_ada_1/com.samsung.shealth.exercise.20240501.csv",
        "Takeout/Fitbit/Global Export Data/exercise-100.json",
        "suunto/entry_1.json",
        "other.json",
    ];
    let members: Vec<Entry> = names.iter().map(|n| Entry::deflated(n, b"{}")).collect();
    fs::write(folder.path().join("all.zip"), zip(&members)).unwrap();
    for name in names {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "{}").unwrap();
    }
    let (_, opened) = open(&[folder.path()]);
    let (named, counted): (Vec<_>, Vec<_>) =
        opened.passed_over.iter().partition(|(kind, _)| is_unread_activity(kind));
    assert_eq!(named.len(), 5, "{named:?}");
    assert!(named.iter().all(|(kind, n)| **n == 2 && kind.contains("not read: ")), "{named:?}");
    assert_eq!(counted, [(&".json file".to_owned(), &2)]);
}
