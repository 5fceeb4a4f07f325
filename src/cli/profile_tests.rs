//! What a profile says, and what it is told where it says it wrong.

use super::*;

fn parse(text: &str) -> Result<Settings> {
    let mut settings = Settings::default();
    apply(&mut settings, text).map(|()| settings)
}

#[test]
fn what_the_runner_states_arrives_in_si() {
    let text = "[runner]\nname = \"Ada\"\nheight_cm = 171\nroad_side = \"same-kerb\"\n\
                barometer = true\n[display]\nunits = \"imperial\"\n\
                [settings]\ntime_zone = \"-03:30\"\ncadence_unit = \"steps\"\n";
    let settings = parse(text).unwrap();
    assert_eq!(settings.runner.name.as_deref(), Some("Ada"));
    assert_eq!(settings.runner.height_m, Some(1.71));
    assert_eq!(settings.runner.road_side, Some(RoadSide::SameKerb));
    assert_eq!(settings.runner.barometer, Some(true));
    assert_eq!(settings.display.units, Units::Imperial);
    assert_eq!(settings.cadence_unit, Some(CadenceUnit::Steps));
    let zone = settings.time_zone.unwrap();
    assert_eq!(zone.to_fixed_offset().unwrap().seconds(), -(3 * 3600 + 30 * 60));
}

#[test]
fn chosen_rules_can_be_changed_within_bounds() {
    let settings = parse("[settings]\ngap_days = 14\nslow_run_m_s = 1.5\n").unwrap();
    assert_eq!((settings.rules.gap_days, settings.rules.slow_run_m_s), (14.0, 1.5));
    let message = |text: &str| parse(text).unwrap_err().to_string();
    assert!(message("[settings]\ngap_days = 400\n").contains("3 to 90"));
    assert!(message("[settings]\ngap_dais = 14\n").contains("`gap_days`"));
    assert!(message("[runner]\ngap_days = 14\n").contains("unknown key"));
}

#[test]
fn a_key_that_nobody_reads_is_named_with_its_neighbour() {
    let message = |text: &str| parse(text).unwrap_err().to_string();
    assert!(message("[runner]\nhieght_cm = 171\n").contains("`height_cm`"));
    assert!(message("[runer]\n").contains("`runner`"));
    assert!(message("name = \"Ada\"\n").contains("[runner]"));
    assert!(message("[runner]\nheight_cm = 1.71\n").contains("100 to 230"));
    assert!(message("[runner]\nwrist = \"both\"\n").contains("\"left\" or \"right\""));
    assert!(message("[runner\n").contains("not TOML"));
}
