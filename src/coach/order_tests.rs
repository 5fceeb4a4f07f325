use std::slice::from_ref;

use jiff::civil::{Date, date};

use super::*;
use crate::coach::Who;
use crate::coach::notices::{Group, KINDS, Size};

const TODAY: Date = date(2026, 5, 31);

fn ago(days: i64) -> Date {
    TODAY.saturating_sub(jiff::Span::new().days(days))
}

fn athlete(name: &str) -> Athlete {
    let who = Who { name: name.to_owned(), id: name.to_lowercase(), ..Who::default() };
    let mut athlete = Athlete::without(who, 1, String::new());
    athlete.problem = None;
    athlete.last = session(TODAY);
    athlete.days = vec![TODAY];
    athlete
}

fn session(day: Date) -> Option<Session> {
    Some(Session { day, distance_m: Some(8000.0), run: 0 })
}

fn with(name: &str, notices: &[Notice]) -> Athlete {
    Athlete { notices: notices.to_vec(), ..athlete(name) }
}

fn notice(kind: &str, size: f64, sureness: Option<Sureness>, days_ago: Option<i64>) -> Notice {
    let kind = KINDS.iter().find(|k| k.id == kind).unwrap();
    Notice {
        kind: kind.id,
        group: kind.group,
        before: String::new(),
        earlier: Vec::new(),
        session: None,
        after: String::new(),
        day: days_ago.map(ago),
        began: None,
        sureness,
        size: Some(Size { value: size, interval: None, unit: "ratio" }),
    }
}

fn names(squad: &Squad) -> Vec<&str> {
    squad.rows.iter().map(|row| row.athlete.who.name.as_str()).collect()
}

fn asked(since: Option<Date>) -> Asked {
    Asked { today: Some(TODAY), since, ..Asked::default() }
}

#[test]
fn one_step_goes_before_the_next_however_old_small_or_unsure() {
    let steps = [
        ("Spiked", notice("distance", 1.31, Some(Sureness::CannotTell), Some(14))),
        ("Pain", notice("pain", 1.0, None, Some(20))),
        ("Drifted", notice("cadence", -2.0, Some(Sureness::Likely), Some(20))),
        ("Data", notice("dropouts", 2.0, None, Some(25))),
        ("Undated", notice("unread", 900.0, None, None)),
        ("Watch", notice("new_device", 0.0, None, Some(0))),
    ];
    let gone = Athlete { last: session(ago(15)), days: vec![ago(15)], ..athlete("Gone") };
    let expected = ["Spiked", "Pain", "Drifted", "Gone", "Data", "Undated", "Watch", "Quiet"];
    // Whatever the order in which folders are read.
    for turn in 0..steps.len() {
        let mut all: Vec<Athlete> =
            steps.iter().map(|(name, notice)| with(name, from_ref(notice))).collect();
        all.rotate_left(turn);
        all.extend([athlete("Quiet"), gone.clone()]);
        let squad = Squad::new(all, asked(None));
        assert_eq!(names(&squad), expected);
        let groups: Vec<usize> =
            squad.rows.iter().filter_map(|r| r.reason()).map(|n| n.group.step()).collect();
        assert_eq!(groups, [1, 2, 3, 4, 5, 5, 6]);
    }
}

#[test]
fn within_a_step_clear_then_newest_then_larger_then_the_alphabet() {
    let jump = |size, sureness, days| notice("distance", size, Some(sureness), Some(days));
    let (clear, likely) = (Sureness::Clear, Sureness::Likely);
    let squad = Squad::new(
        vec![
            with("Likely and huge", &[jump(4.0, likely, 0)]),
            with("Older", &[jump(3.0, clear, 5)]),
            with("Small", &[jump(1.4, clear, 1)]),
            with("B", &[jump(1.6, clear, 1)]),
            with("a", &[jump(1.6, clear, 1)]),
        ],
        asked(None),
    );
    assert_eq!(names(&squad), ["a", "B", "Small", "Older", "Likely and huge"]);
}

#[test]
fn the_first_notice_is_the_reason_whatever_the_order() {
    let several = [
        notice("dropouts", 2.0, None, Some(1)),
        notice("new_device", 0.0, None, Some(9)),
        notice("cadence", 6.0, Some(Sureness::Clear), Some(1)),
    ];
    let squad = Squad::new(vec![with("A", &several)], asked(None));
    let kinds: Vec<&str> = squad.rows[0].notices.iter().map(|notice| notice.kind).collect();
    assert_eq!(kinds, ["cadence", "dropouts", "new_device"]);
}

#[test]
fn news_grows_old_and_silence_is_told_by_the_squads_day() {
    let jump = |days| notice("distance", 116.0, Some(Sureness::Clear), Some(days));
    let mut gone = athlete("Gone");
    gone.last = Some(Session { day: ago(12), distance_m: None, run: 3 });
    gone.days = vec![ago(40), ago(12)];
    let squad = Squad::new(vec![with("A", &[jump(14)]), with("B", &[jump(15)]), gone], asked(None));
    let [a, gone, b] = squad.rows.as_slice() else { panic!("{squad:?}") };
    assert_eq!(
        (a.standing, gone.standing, b.standing),
        (Standing::Look, Standing::Look, Standing::Quiet)
    );
    let silence = gone.reason().unwrap();
    assert_eq!(
        (silence.kind, silence.group, silence.day),
        ("silence", Group::Silent, Some(ago(1)))
    );
    assert_eq!(gone.session().unwrap().run, 3);
    assert_eq!(gone.new_runs, 1, "of the last four weeks");
    // Without a day given it is the last on which anybody ran.
    let again = Squad::new(vec![athlete("A")], Asked::default());
    assert_eq!(again.asked.today, Some(TODAY));
}

#[test]
fn since_a_day_leaves_what_is_new_and_counts_the_rest() {
    let old = Athlete { days: vec![ago(9)], ..with("Old", &[notice("unread", 30.0, None, None)]) };
    let known = with("Known", &[notice("distance", 116.0, Some(Sureness::Clear), Some(5))]);
    let mut hurt = athlete("Hurt");
    hurt.days = vec![ago(20)];
    hurt.pain = vec![PainNote {
        day: ago(1),
        run: None,
        during: Some(2.0),
        next_morning: None,
        place_on_body: None,
        side: None,
        text: None,
        source: crate::journal::NoteSource::NotesFile,
        place: String::new(),
    }];
    let lost = Athlete::without(Who { name: "Lost".into(), ..Who::default() }, 0, "gone".into());
    let squad = Squad::new(vec![old, known, hurt, lost], asked(Some(ago(2))));
    assert_eq!(names(&squad), ["Known", "Hurt"], "a run since, and a note since");
    let standing: Vec<Standing> = squad.rows.iter().map(|row| row.standing).collect();
    assert_eq!(standing, [Standing::Stands, Standing::Quiet], "the jump is told as from before");
    assert_eq!(squad.rows[0].stood_before.len(), 1);
    assert_eq!(squad.noted_pain().len(), 1);
    let nothing: Vec<(&str, bool)> = squad
        .nothing_new
        .iter()
        .map(|row| (row.athlete.who.name.as_str(), row.has_undated()))
        .collect();
    assert_eq!(nothing, [("Lost", true), ("Old", true)]);
    assert_eq!(squad.count(), 4, "nobody is lost");
}

#[test]
fn what_was_noted_is_news_and_does_not_stand_from_before() {
    let noted = |days| notice("pain", 1.0, None, Some(days));
    let squad =
        Squad::new(vec![with("Old", &[noted(9)]), with("New", &[noted(1)])], asked(Some(ago(7))));
    assert_eq!(names(&squad), ["New", "Old"]);
    let old = &squad.rows[1];
    assert_eq!((old.standing, old.stood_before.len()), (Standing::Quiet, 0));
}

#[test]
fn two_of_one_name_are_told_by_their_folders() {
    let mut twins = [athlete("Ada"), athlete("Ada")];
    twins[0].who.folder = "one".into();
    twins[1].who.folder = "two".into();
    let squad = Squad::new(twins.to_vec(), asked(None));
    assert_eq!(names(&squad), ["Ada (one)", "Ada (two)"]);
}
