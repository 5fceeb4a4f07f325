//! Definition messages, compiled once: where each field of a message lies and how it is read.

use super::base_type::{self, Raw};

/// Where one number of a message lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    /// Bytes from the start of the message body.
    pub(super) at: u32,
    /// How the bytes are read.
    pub(super) raw: Raw,
    /// Byte order.
    pub(super) big_endian: bool,
}

/// A native field of a definition.
#[derive(Clone, Copy, Debug)]
pub(super) struct NativeField {
    pub(super) number: u8,
    pub(super) size: u8,
    pub(super) base_type: u8,
    pub(super) at: u32,
}

/// A developer field of a definition; its type stands in a field description elsewhere.
#[derive(Clone, Copy, Debug)]
pub(super) struct DeveloperField {
    pub(super) number: u8,
    pub(super) size: u8,
    pub(super) developer: u8,
    pub(super) at: u32,
}

/// A compiled definition message.
#[derive(Clone, Debug)]
pub(super) struct Definition {
    /// Global message number.
    pub(super) message: u16,
    /// Byte order of its numbers.
    pub(super) big_endian: bool,
    /// Bytes of a message body.
    pub(super) size: u32,
    /// Native fields in file order.
    pub(super) fields: Vec<NativeField>,
    /// Developer fields in file order.
    pub(super) developer_fields: Vec<DeveloperField>,
    /// Byte offset of the definition in the part: what a later description cannot undo.
    pub(super) defined_at: usize,
}

/// Bytes of a definition message's body before its list of fields.
const FIXED_BYTES: usize = 5;
/// Bytes of one field in the list.
const FIELD_BYTES: usize = 3;

impl Definition {
    /// How long the definition message's body is; `None` when the bytes end before that is said.
    pub(super) fn body_length(bytes: &[u8], with_developer_fields: bool) -> Option<usize> {
        let native = usize::from(*bytes.get(FIXED_BYTES - 1)?);
        let mut length = FIXED_BYTES + native * FIELD_BYTES;
        if with_developer_fields {
            length += 1 + usize::from(*bytes.get(length)?) * FIELD_BYTES;
        }
        Some(length)
    }

    /// Compiles a definition message from its body; `None` when the bytes are too few.
    pub(super) fn compile(
        body: &[u8],
        with_developer_fields: bool,
        defined_at: usize,
    ) -> Option<Self> {
        let big_endian = *body.get(1)? == 1;
        let number: [u8; 2] = *body.get(2..)?.first_chunk()?;
        let message =
            if big_endian { u16::from_be_bytes(number) } else { u16::from_le_bytes(number) };
        let count = usize::from(*body.get(FIXED_BYTES - 1)?);
        let list = body.get(FIXED_BYTES..FIXED_BYTES + count * FIELD_BYTES)?;
        let mut at = 0_u32;
        let mut fields = Vec::with_capacity(count);
        for field in list.as_chunks::<FIELD_BYTES>().0 {
            let [number, size, base_type] = *field;
            fields.push(NativeField { number, size, base_type, at });
            at += u32::from(size);
        }
        let mut developer_fields = Vec::new();
        if with_developer_fields {
            let rest = body.get(FIXED_BYTES + count * FIELD_BYTES..)?;
            let list = rest.get(1..1 + usize::from(*rest.first()?) * FIELD_BYTES)?;
            for field in list.as_chunks::<FIELD_BYTES>().0 {
                let [number, size, developer] = *field;
                developer_fields.push(DeveloperField { number, size, developer, at });
                at += u32::from(size);
            }
        }
        Some(Self { message, big_endian, size: at, fields, developer_fields, defined_at })
    }

    /// Where the first number of a native field lies.
    pub(super) fn spot(&self, number: u8) -> Option<Spot> {
        let field = self.field(number)?;
        let raw = base_type::resolve(field.base_type, usize::from(field.size)).raw?;
        Some(Spot { at: field.at, raw, big_endian: self.big_endian })
    }

    /// The native field of this number.
    pub(super) fn field(&self, number: u8) -> Option<&NativeField> {
        self.fields.iter().find(|f| f.number == number)
    }
}

/// One message that is read field by field: the rare ones, never `record`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Message<'a> {
    pub(super) definition: &'a Definition,
    pub(super) body: &'a [u8],
    /// Byte offset of the body in the part.
    pub(super) at: usize,
    /// FIT time from a compressed header.
    pub(super) compressed_time: Option<u32>,
}

/// Number of the timestamp field in every message.
pub(super) const TIMESTAMP: u8 = 253;

impl<'a> Message<'a> {
    /// The stored number, unscaled.
    pub(super) fn number(&self, number: u8) -> Option<f64> {
        let spot = self.definition.spot(number)?;
        spot.raw.number(self.body.get(spot.at as usize..)?, spot.big_endian)
    }

    /// The stored number divided by a scale.
    pub(super) fn scaled(&self, number: u8, scale: f64) -> Option<f64> {
        self.number(number).map(|v| v / scale)
    }

    /// A number that must fit 16 bits: enumerations and product numbers.
    pub(super) fn small(&self, number: u8) -> Option<u16> {
        let value = self.number(number)?;
        (value >= 0.0 && value <= f64::from(u16::MAX)).then_some(value as u16)
    }

    /// The bytes of a field.
    pub(super) fn bytes(&self, number: u8) -> Option<&'a [u8]> {
        let field = self.definition.field(number)?;
        let at = field.at as usize;
        self.body.get(at..at + usize::from(field.size))
    }

    /// Whether the message has this field, with a value or without.
    pub(super) fn has(&self, number: u8) -> bool {
        self.definition.field(number).is_some()
    }

    /// The bytes of an array of unsigned bytes.
    pub(super) fn bytes_of(&self, number: u8) -> Option<&'a [u8]> {
        self.definition.spot(number).filter(|spot| spot.raw == Raw::U8)?;
        self.bytes(number)
    }

    /// All numbers of an array field, absent ones as absent.
    pub(super) fn numbers(&self, number: u8) -> impl Iterator<Item = Option<f64>> + use<'a> {
        let spot = self.definition.spot(number);
        let bytes = self.bytes(number).unwrap_or_default();
        spot.into_iter().flat_map(move |spot| {
            bytes.chunks_exact(spot.raw.width()).map(move |b| spot.raw.number(b, spot.big_endian))
        })
    }

    /// Text up to its first zero byte; invalid UTF-8 is replaced, empty text is absent.
    pub(super) fn text(&self, number: u8) -> Option<String> {
        let bytes = self.bytes(number)?;
        let end = bytes.iter().position(|b| *b == 0).unwrap_or(bytes.len());
        let text = String::from_utf8_lossy(bytes.get(..end)?);
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// A FIT time field as Unix milliseconds.
    pub(super) fn time_ms(&self, number: u8) -> Option<i64> {
        self.number(number).map(|v| unix_ms(v as u32))
    }

    /// The message's own time as Unix milliseconds.
    pub(super) fn timestamp_ms(&self) -> Option<i64> {
        self.time_ms(TIMESTAMP).or_else(|| self.compressed_time.map(unix_ms))
    }
}

/// Seconds from 1970-01-01 to FIT's epoch, 1989-12-31T00:00:00Z (FIT protocol, date_time).
const FIT_EPOCH_S: i64 = 631_065_600;

/// A FIT time as Unix milliseconds.
#[inline]
pub(super) fn unix_ms(fit_seconds: u32) -> i64 {
    (FIT_EPOCH_S + i64::from(fit_seconds)) * 1000
}
