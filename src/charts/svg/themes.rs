//! Sentinel colours and the variables they turn into; text made safe for markup.

use plotters::style::RGBColor;

use super::super::Tone;

/// Colours of text: they differ from marks because text wants more contrast and a halo.
#[derive(Clone, Copy)]
pub(super) enum Ink {
    Muted,
    Label(Tone),
}

/// Red and green of every sentinel: no theme uses this near-black.
const SENTINEL_RG: (u8, u8) = (1, 0);
/// Sentinel of the card's own surface.
const SURFACE_CODE: u8 = 90;
/// Offset of sentinels that colour text.
const TEXT_CODES_FROM: u8 = 100;

/// Every tone with its number and the variable of the style sheet that gives it a colour.
const TONES: [(Tone, u8, &str); 17] = [
    (Tone::You, 1, "you"),
    (Tone::Speed(0), 2, "sp0"),
    (Tone::Speed(1), 3, "sp1"),
    (Tone::Speed(2), 4, "sp2"),
    (Tone::Speed(3), 5, "sp3"),
    (Tone::Speed(4), 6, "sp4"),
    (Tone::Context, 7, "ctx"),
    (Tone::Ink, 8, "ink"),
    (Tone::Muted, 9, "muted"),
    (Tone::Grid, 10, "grid"),
    (Tone::Band, 11, "band"),
    (Tone::Warm, 12, "warm"),
    (Tone::WarmSoft, 13, "warm1"),
    (Tone::WarmDeep, 14, "warm3"),
    (Tone::Cool, 15, "cool"),
    (Tone::CoolSoft, 16, "cool1"),
    (Tone::CoolDeep, 17, "cool3"),
];

/// Name of the style sheet's variable for a tone.
pub fn variable(tone: Tone) -> &'static str {
    TONES.iter().find(|t| t.0 == tone).map_or("ink", |t| t.2)
}

fn code(tone: Tone) -> u8 {
    TONES.iter().find(|t| t.0 == tone).map_or(8, |t| t.1)
}

pub(super) fn sentinel(tone: Tone) -> RGBColor {
    RGBColor(SENTINEL_RG.0, SENTINEL_RG.1, code(tone))
}

pub(super) fn sentinel_surface() -> RGBColor {
    RGBColor(SENTINEL_RG.0, SENTINEL_RG.1, SURFACE_CODE)
}

impl Ink {
    pub(super) fn sentinel(self) -> RGBColor {
        let number = match self {
            Self::Muted => code(Tone::Muted),
            Self::Label(tone) => TEXT_CODES_FROM + code(tone),
        };
        RGBColor(SENTINEL_RG.0, SENTINEL_RG.1, number)
    }
}

/// Replaces sentinels by the page's variables and drops attributes that say nothing. Text is safe:
/// the backend escapes quotes, so no text can look like an attribute.
pub(super) fn themed(svg: &str) -> String {
    let mut text = svg.to_owned();
    let hex = |number: u8| format!("#{:02X}{:02X}{number:02X}", SENTINEL_RG.0, SENTINEL_RG.1);
    for (_, number, name) in TONES {
        let label = format!("fill=\"{}\"", hex(TEXT_CODES_FROM + number));
        text = text.replace(&label, &format!("class=\"halo\" fill=\"var(--{name})\""));
        for part in ["fill", "stroke"] {
            let from = format!("{part}=\"{}\"", hex(number));
            text = text.replace(&from, &format!("{part}=\"var(--{name})\""));
        }
    }
    for part in ["fill", "stroke"] {
        let from = format!("{part}=\"{}\"", hex(SURFACE_CODE));
        text = text.replace(&from, &format!("{part}=\"var(--card)\""));
    }
    for silent in
        [" opacity=\"1\"", " stroke=\"none\"", " font-family=\"inherit\"", " text-anchor=\"start\""]
    {
        text = text.replace(silent, "");
    }
    text.replace(" \"/>", "\"/>")
}

pub(super) fn push_title(out: &mut String, text: &str) {
    out.push_str("<title>");
    escape(out, text);
    out.push_str("</title>");
}

/// Whether a character commands instead of being read: controls and Unicode's marks of direction
/// (UAX 9), with which a name could pose as another.
pub(super) fn is_command(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Escapes text for element content and attributes, and drops characters that command.
pub(super) fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if is_command(c) => {}
            c => out.push(c),
        }
    }
}
