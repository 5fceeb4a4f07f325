use std::slice::from_ref;

use jiff::civil::{Date, date};

use super::*;
use crate::coach::Who;
use crate::coach::notices::{Group, KINDS};

const TODAY: Date = date(2026, 5, 31);

fn ago(days: i64) -> Date {
    TODAY.saturating_sub(jiff::Span::new().days(days))
}

fn athlete(name: &str) -> Athlete {
    let who = Who { name: name.to_owned(), id: name.to_lowercase(), ..Who::default() };
    let mut athlete = Athlete::without(who, 1, String::new());
    athlete.problem = None;
    athlete.last = Some(Session { day: TODAY, distance_m: Some(8000.0), run: 0 });
    athlete.days = vec![TODAY];
    athlete
}

fn with(name: &str, notices: &[Notice]) -> Athlete {
    Athlete { notices: notices.to_vec(), ..athlete(name) }
}

fn notice(kind: &str, weight: f64, sureness: Option<Sureness>, days_ago: Option<i64>) -> Notice {
    let kind = KINDS.iter().find(|k| k.id == kind).unwrap();
    Notice {
        kind: kind.id,
        group: kind.group,
        before: String::new(),
        session: None,
        after: String::new(),
        day: days_ago.map(ago),
        began: None,
        sureness,
        size: None,
        weight,
    }
}

fn names(squad: &Squad) -> Vec<&str> {
    squad.rows.iter().map(|row| row.athlete.who.name.as_str()).collect()
}

fn asked(since: Option<Date>) -> Asked {
    Asked { today: Some(TODAY), since, ..Asked::default() }
}

#[test]
fn clear_goes_before_likely_and_fresh_before_old_and_a_jump_before_all_else() {
    let clear = Some(Sureness::Clear);
    let jump = |sureness, days| notice("distance", 116.0, Some(sureness), Some(days));
    let squad = Squad::new(
        vec![
            with("Watch", &[notice("new_device", 40.0, None, Some(0))]),
            with("Old", &[jump(Sureness::Clear, 13)]),
            with("Drift", &[notice("cadence", 66.0, clear, Some(0))]),
            with("Likely", &[jump(Sureness::Likely, 0)]),
            with("Fresh", &[jump(Sureness::Clear, 0)]),
            with("Doubt", &[jump(Sureness::CannotTell, 0)]),
            with("Quiet", &[]),
        ],
        asked(None),
    );
    assert_eq!(names(&squad), ["Fresh", "Likely", "Drift", "Old", "Doubt", "Watch", "Quiet"]);
    let attention: Vec<f64> =
        squad.rows.iter().filter_map(|r| r.reason()).map(|r| r.attention).collect();
    assert!(attention.is_sorted_by(|a, b| a > b), "{attention:?}");
    assert_eq!(squad.rows[0].reason().unwrap().attention, 116.0);
}

#[test]
fn the_strongest_notice_is_the_reason_whatever_the_order() {
    let several = [
        notice("dropouts", 25.0, None, Some(1)),
        notice("cadence", 66.0, Some(Sureness::Clear), Some(1)),
        notice("new_device", 40.0, None, Some(9)),
    ];
    let squad = Squad::new(vec![with("A", &several)], asked(None));
    let kinds: Vec<&str> = squad.rows[0].notices.iter().map(|r| r.notice.kind).collect();
    assert_eq!(kinds, ["cadence", "new_device", "dropouts"]);
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
    let silence = &gone.reason().unwrap().notice;
    assert_eq!((silence.kind, silence.group, silence.day), ("silence", Group::Data, Some(ago(1))));
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
    let (nothing, undated) = &squad.nothing_new;
    assert_eq!(
        (nothing.as_slice(), undated.as_slice()),
        (&["Lost".into(), "Old".into()][..], &["Lost".into(), "Old".into()][..])
    );
    assert_eq!(squad.count(), 4, "nobody is lost");
}

#[test]
fn pain_moves_nobody() {
    let jump = notice("distance", 116.0, Some(Sureness::Clear), Some(0));
    let drift = notice("cadence", 66.0, Some(Sureness::Clear), Some(0));
    let order = |hurts: &str| {
        let mut all = vec![with("A", from_ref(&drift)), with("B", from_ref(&jump)), athlete("C")];
        for athlete in all.iter_mut().filter(|a| a.who.name == hurts) {
            athlete.pain = vec![PainNote {
                day: TODAY,
                run: None,
                during: Some(9.0),
                next_morning: None,
                place_on_body: None,
                side: None,
                text: None,
                source: crate::journal::NoteSource::NotesFile,
                place: String::new(),
            }];
        }
        let squad = Squad::new(all, asked(None));
        names(&squad).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(order("C"), order("nobody"));
    assert_eq!(order("A"), ["B", "A", "C"]);
}

#[test]
fn two_of_one_name_are_told_by_their_folders() {
    let mut twins = [athlete("Ada"), athlete("Ada")];
    twins[0].who.folder = "one".into();
    twins[1].who.folder = "two".into();
    let squad = Squad::new(twins.to_vec(), asked(None));
    assert_eq!(names(&squad), ["Ada (one)", "Ada (two)"]);
}
