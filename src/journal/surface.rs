//! Surfaces by the words that people use. Only words decide: no position tells what lies underfoot.

use serde::Serialize;

/// What was run on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Surface {
    /// Asphalt, streets.
    Road,
    /// Concrete, paving.
    Concrete,
    /// Gravel and other made ways without a hard cover.
    Gravel,
    /// Natural ways.
    Trail,
    /// Grass.
    Grass,
    /// Sand.
    Sand,
    /// A running track.
    Track,
    /// A treadmill.
    Treadmill,
    /// Off the paved road, as a service computed it; on what is not said.
    Unpaved,
    /// The runner's own word.
    Own(String),
}

/// Words for each surface, lower case.
const WORDS: &[(&[&str], Surface)] = &[
    (
        &["road", "roads", "asphalt", "tarmac", "street", "paved", "straße", "strasse", "bitumen"],
        Surface::Road,
    ),
    (&["concrete", "pavement", "sidewalk", "paving", "beton", "gehweg"], Surface::Concrete),
    (&["gravel", "cinder", "towpath", "fire road", "schotter", "kies"], Surface::Gravel),
    (
        &["trail", "trails", "forest", "dirt", "path", "woods", "singletrack", "wald", "waldweg"],
        Surface::Trail,
    ),
    (&["grass", "field", "gras", "wiese", "rasen"], Surface::Grass),
    (&["sand", "beach", "strand"], Surface::Sand),
    (&["track", "tartan", "athletics track", "bahn"], Surface::Track),
    (&["treadmill", "laufband", "indoor"], Surface::Treadmill),
    (&["unpaved", "off road", "offroad"], Surface::Unpaved),
];

impl Surface {
    /// The surface that a word names; an unknown word stands for itself.
    pub fn of(word: &str) -> Self {
        let low = word.to_lowercase();
        let low: Vec<&str> =
            low.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        let low = low.join(" ");
        let known = WORDS.iter().find(|(words, _)| words.contains(&low.as_str()));
        known.map_or(Self::Own(low), |(_, surface)| surface.clone())
    }

    /// Its name for a reader; the runner's own word is untrusted text.
    pub fn name(&self) -> &str {
        match self {
            Self::Road => "road",
            Self::Concrete => "concrete",
            Self::Gravel => "gravel",
            Self::Trail => "trail",
            Self::Grass => "grass",
            Self::Sand => "sand",
            Self::Track => "track",
            Self::Treadmill => "treadmill",
            Self::Unpaved => "unpaved",
            Self::Own(word) => word,
        }
    }

    /// Whether ways of it have a crown and two edges, so that a usual side of the road means
    /// anything on them; an unknown word may.
    pub fn may_be_a_road(&self) -> bool {
        !matches!(self, Self::Trail | Self::Grass | Self::Sand | Self::Track | Self::Treadmill)
    }

    /// Whether it lies off the paved road; `None` where the word does not say.
    pub fn is_unpaved(&self) -> Option<bool> {
        match self {
            Self::Road | Self::Concrete | Self::Track | Self::Treadmill => Some(false),
            Self::Gravel | Self::Trail | Self::Grass | Self::Sand | Self::Unpaved => Some(true),
            Self::Own(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_mean_what_they_say_and_unknown_ones_stand_for_themselves() {
        assert_eq!(Surface::of("Asphalt"), Surface::Road);
        assert_eq!(Surface::of(" fire-road "), Surface::Gravel);
        assert_eq!(Surface::of("Snow"), Surface::Own("snow".to_owned()));
        assert_eq!(Surface::of("snow").is_unpaved(), None);
        for (words, surface) in WORDS {
            for word in *words {
                assert_eq!(&Surface::of(word), surface, "{word}");
            }
            assert_eq!(&Surface::of(surface.name()), surface);
        }
    }
}
