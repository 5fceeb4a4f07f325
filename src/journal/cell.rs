//! What one cell of a table of notes says, or what to write instead.

use crate::settings::{RoadKind, RoadSide};

/// Why a cell is not taken: what it takes.
pub(super) type Refused = &'static str;

/// Most percent of crossfall that is believed: steeper ground is a hillside and no road. **chosen**,
/// as in the profile.
const MOST_CROSSFALL: f64 = 15.0;

/// A number with a point or a comma, with or without `%` or `/10` behind it.
fn number(text: &str) -> Option<f64> {
    let bare = text.trim().trim_end_matches('%').trim_end();
    let bare = bare.strip_suffix("/10").or_else(|| bare.strip_suffix("/ 10")).unwrap_or(bare);
    let value: f64 = bare.trim().replace(',', ".").parse().ok()?;
    value.is_finite().then_some(value)
}

/// A value of a scale from 0 to 10.
pub(super) fn of_ten(text: &str) -> Result<f64, Refused> {
    number(text).filter(|v| (0.0..=10.0).contains(v)).ok_or("a number from 0 to 10")
}

/// A crossfall in percent.
pub(super) fn crossfall(text: &str) -> Result<f64, Refused> {
    number(text)
        .filter(|v| (0.0..=MOST_CROSSFALL).contains(v))
        .ok_or("percent from 0 to 15, like 2.5")
}

/// A side of the road, and the kind where the same cell says it: `left pavement`.
pub(super) fn road_side(text: &str) -> Result<(Option<RoadSide>, Option<RoadKind>), Refused> {
    let words = words(text);
    let mut kind = None;
    let mut rest: Vec<&str> = Vec::new();
    for word in words.split(' ') {
        match kind_of(word) {
            // "Left side of the road" says a side of a road and nothing more.
            Some(found) => kind = Some(found),
            None if ["side", "hand", "of", "the", "edge", "on", "my"].contains(&word) => {}
            None => rest.push(word),
        }
    }
    let side = match rest.join(" ").as_str() {
        "" if kind.is_some() => None,
        "left" | "l" | "links" => Some(RoadSide::Left),
        "right" | "r" | "rechts" => Some(RoadSide::Right),
        "facing traffic" | "facing" | "against traffic" | "towards traffic" => {
            Some(RoadSide::FacingTraffic)
        }
        "with traffic" => Some(RoadSide::WithTraffic),
        "same kerb" | "same curb" | "same" => Some(RoadSide::SameKerb),
        "mixed" | "both" | "either" | "changing" | "gemischt" => Some(RoadSide::Mixed),
        _ => {
            return Err("left, right, facing traffic, with traffic, same kerb or mixed");
        }
    };
    Ok((side, kind))
}

/// A kind of road.
pub(super) fn road_kind(text: &str) -> Result<RoadKind, Refused> {
    kind_of(&words(text)).ok_or("road, pavement or path")
}

fn kind_of(word: &str) -> Option<RoadKind> {
    Some(match word {
        "road" | "street" | "roads" | "strasse" | "straße" => RoadKind::Road,
        "pavement" | "sidewalk" | "footway" | "gehweg" | "bürgersteig" => RoadKind::Pavement,
        "path" | "trail" | "track" | "weg" | "pfad" => RoadKind::Path,
        _ => return None,
    })
}

/// Lower case, single spaces, no hyphens.
fn words(text: &str) -> String {
    let low = text.to_lowercase();
    let parts: Vec<&str> =
        low.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    parts.join(" ")
}

/// Text as written, without blanks at its ends; `None` for an empty cell.
pub(super) fn text(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, value) in [("3", 3.0), ("2,5", 2.5), (" 7/10 ", 7.0), ("0", 0.0), ("6.5", 6.5)] {
            assert_eq!(of_ten(text), Ok(value), "{text}");
        }
        for text in ["11", "-1", "NaN", "inf", "hard", "1e3"] {
            assert!(of_ten(text).is_err(), "{text}");
        }
        assert_eq!(crossfall("2,5 %"), Ok(2.5));
        assert!(crossfall("40").is_err());
    }

    #[test]
    fn sides_are_words() {
        assert_eq!(road_side("Left"), Ok((Some(RoadSide::Left), None)));
        assert_eq!(road_side("left-hand side"), Ok((Some(RoadSide::Left), None)));
        assert_eq!(road_side("facing-traffic"), Ok((Some(RoadSide::FacingTraffic), None)));
        assert_eq!(
            road_side("right side of the road"),
            Ok((Some(RoadSide::Right), Some(RoadKind::Road)))
        );
        assert_eq!(
            road_side("Left pavement"),
            Ok((Some(RoadSide::Left), Some(RoadKind::Pavement)))
        );
        assert_eq!(road_side("path"), Ok((None, Some(RoadKind::Path))));
        assert!(road_side("up").is_err());
    }
}
