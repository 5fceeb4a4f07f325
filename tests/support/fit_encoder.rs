//! Bytes of a FIT file: header, definitions, data, checksum. Knows nothing about running.
//!
//! Numbers of messages, fields and base types are those of the public FIT profile.

/// A value with its FIT base type. The invalid value of a type is its "absent".
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// enum
    Enum(u8),
    /// uint8
    U8(Option<u8>),
    /// sint8
    S8(Option<i8>),
    /// uint16
    U16(Option<u16>),
    /// uint32
    U32(Option<u32>),
    /// sint32
    S32(Option<i32>),
    /// uint32z: zero is absent
    U32z(u32),
    /// float32
    F32(Option<f32>),
    /// byte array
    Bytes(Vec<u8>),
    /// text, padded with zeros to this many bytes
    Text(&'static str, u8),
}

impl Value {
    /// Base type number of the profile.
    pub fn base_type(&self) -> u8 {
        match self {
            Self::Enum(_) => 0x00,
            Self::S8(_) => 0x01,
            Self::U8(_) => 0x02,
            Self::U16(_) => 0x84,
            Self::S32(_) => 0x85,
            Self::U32(_) => 0x86,
            Self::Text(..) => 0x07,
            Self::F32(_) => 0x88,
            Self::U32z(_) => 0x8c,
            Self::Bytes(_) => 0x0d,
        }
    }

    /// Bytes it takes.
    pub fn size(&self) -> u8 {
        match self {
            Self::Enum(_) | Self::S8(_) | Self::U8(_) => 1,
            Self::U16(_) => 2,
            Self::S32(_) | Self::U32(_) | Self::U32z(_) | Self::F32(_) => 4,
            Self::Bytes(bytes) => bytes.len() as u8,
            Self::Text(_, size) => *size,
        }
    }
}

/// Byte order of the numbers after a definition.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Least significant byte first: every modern watch.
    #[default]
    Little,
    /// Most significant byte first.
    Big,
}

/// Length of the file header.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Header {
    /// 14 bytes, with its own checksum.
    #[default]
    WithCrc,
    /// 14 bytes, checksum left 0, as the format allows.
    ZeroCrc,
    /// 12 bytes, old.
    Short,
}

/// A developer field of a data message: field number, developer data index, value.
pub type DeveloperValue = (u8, u8, Value);

/// Shape of a message: what a definition states.
#[derive(Clone, Debug, PartialEq)]
struct Shape {
    global: u16,
    fields: Vec<(u8, u8, u8)>,
    developer: Vec<(u8, u8, u8)>,
}

/// A FIT file being written.
#[derive(Clone, Debug)]
pub struct FitEncoder {
    bytes: Vec<u8>,
    order: Order,
    header: Header,
    shapes: [Option<Shape>; 16],
}

impl FitEncoder {
    /// An empty file.
    pub fn new(order: Order, header: Header) -> Self {
        let bytes = vec![0; if header == Header::Short { 12 } else { 14 }];
        Self { bytes, order, header, shapes: std::array::from_fn(|_| None) }
    }

    /// A message on a local type; a definition is written first where the shape is new.
    pub fn message(&mut self, local: u8, global: u16, fields: &[(u8, Value)]) {
        self.message_with_developer(local, global, fields, &[]);
    }

    /// A message with developer fields.
    pub fn message_with_developer(
        &mut self,
        local: u8,
        global: u16,
        fields: &[(u8, Value)],
        developer: &[DeveloperValue],
    ) {
        self.define(local, global, fields, developer);
        self.bytes.push(local);
        self.values(fields, developer);
    }

    /// A data message whose header carries the low five bits of its time.
    pub fn compressed(&mut self, local: u8, global: u16, fit_time: u32, fields: &[(u8, Value)]) {
        assert!(local < 4, "a compressed header has two bits for the local type");
        self.define(local, global, fields, &[]);
        self.bytes.push(0x80 | (local << 5) | (fit_time & 0x1f) as u8);
        self.values(fields, &[]);
    }

    /// Bytes so far, header included.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// The finished file: lengths and checksums filled in.
    pub fn finish(mut self) -> Vec<u8> {
        let head = if self.header == Header::Short { 12 } else { 14 };
        let data = (self.bytes.len() - head) as u32;
        self.bytes[0] = head as u8;
        self.bytes[1] = 0x20; // protocol 2.0
        self.bytes[2..4].copy_from_slice(&2132_u16.to_le_bytes()); // profile 21.32
        self.bytes[4..8].copy_from_slice(&data.to_le_bytes());
        self.bytes[8..12].copy_from_slice(b".FIT");
        if self.header == Header::WithCrc {
            let crc = crc16(&self.bytes[..12]);
            self.bytes[12..14].copy_from_slice(&crc.to_le_bytes());
        }
        let crc = crc16(&self.bytes);
        self.bytes.extend(crc.to_le_bytes());
        self.bytes
    }

    fn define(
        &mut self,
        local: u8,
        global: u16,
        fields: &[(u8, Value)],
        developer: &[DeveloperValue],
    ) {
        let same = self.shapes[usize::from(local)].as_ref().is_some_and(|shape| {
            shape.global == global
                && shape.fields.len() == fields.len()
                && shape.developer.len() == developer.len()
                && shape
                    .fields
                    .iter()
                    .zip(fields)
                    .all(|(known, (number, v))| *known == (*number, v.size(), v.base_type()))
        });
        if same {
            return;
        }
        let shape = Shape {
            global,
            fields: fields.iter().map(|(n, v)| (*n, v.size(), v.base_type())).collect(),
            developer: developer.iter().map(|(n, index, v)| (*n, v.size(), *index)).collect(),
        };
        let developer_flag = if developer.is_empty() { 0 } else { 0x20 };
        self.bytes.extend([0x40 | developer_flag | local, 0]);
        self.bytes.push(u8::from(self.order == Order::Big));
        self.u16(global);
        self.bytes.push(shape.fields.len() as u8);
        self.bytes.extend(shape.fields.iter().flat_map(|f| [f.0, f.1, f.2]));
        if !developer.is_empty() {
            self.bytes.push(shape.developer.len() as u8);
            self.bytes.extend(shape.developer.iter().flat_map(|f| [f.0, f.1, f.2]));
        }
        self.shapes[usize::from(local)] = Some(shape);
    }

    fn values(&mut self, fields: &[(u8, Value)], developer: &[DeveloperValue]) {
        for (_, value) in fields {
            self.value(value);
        }
        for (_, _, value) in developer {
            self.value(value);
        }
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::Enum(v) => self.bytes.push(*v),
            Value::U8(v) => self.bytes.push(v.unwrap_or(0xff)),
            Value::S8(v) => self.bytes.push(v.unwrap_or(0x7f) as u8),
            Value::U16(v) => self.u16(v.unwrap_or(0xffff)),
            Value::U32(v) => self.u32(v.unwrap_or(0xffff_ffff)),
            Value::S32(v) => self.u32(v.unwrap_or(0x7fff_ffff) as u32),
            Value::U32z(v) => self.u32(*v),
            Value::F32(v) => self.u32(v.map_or(0xffff_ffff, f32::to_bits)),
            Value::Bytes(v) => self.bytes.extend(v),
            Value::Text(text, size) => {
                // The last byte stays zero: text in FIT ends in one.
                let room = usize::from(*size);
                let mut padded = text.as_bytes().to_vec();
                padded.truncate(room.saturating_sub(1));
                padded.resize(room, 0);
                self.bytes.extend(padded);
            }
        }
    }

    fn u16(&mut self, v: u16) {
        match self.order {
            Order::Little => self.bytes.extend(v.to_le_bytes()),
            Order::Big => self.bytes.extend(v.to_be_bytes()),
        }
    }

    fn u32(&mut self, v: u32) {
        match self.order {
            Order::Little => self.bytes.extend(v.to_le_bytes()),
            Order::Big => self.bytes.extend(v.to_be_bytes()),
        }
    }
}

/// CRC-16/ARC, bit by bit: slow, short, and independent of the checksum that the reader uses.
pub fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc, byte| {
        (0..8).fold(crc ^ u16::from(*byte), |crc, _| {
            if crc & 1 == 1 { (crc >> 1) ^ 0xa001 } else { crc >> 1 }
        })
    })
}
