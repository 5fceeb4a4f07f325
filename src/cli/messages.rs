//! Every message and field of a FIT file by name, through fitparser's full profile.
//!
//! fitparser panics on some damaged bytes and prints to standard error on odd fields, so it runs
//! in a child of our own binary: bytes in on standard input, one JSON line a message out.

use std::io::{BufRead, BufReader, Read, Write};
use std::panic::catch_unwind;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use fitparser::Value as FitValue;
use fitparser::de::{DecodeOption, FitObject, FitStreamProcessor};
use serde::{Deserialize, Serialize};

use super::Exit;

/// Name of the hidden subcommand.
pub const CHILD_COMMAND: &str = "__messages";
/// Stack of the decoding thread: deep enough for any nesting the crate does. **chosen**
const STACK_BYTES: usize = 8 << 20;

/// A message by name.
#[derive(Debug, Serialize, Deserialize)]
pub struct Message {
    /// Kind, as the profile names it.
    pub kind: String,
    /// Its fields in file order.
    pub fields: Vec<MessageField>,
}

/// A field by name.
#[derive(Debug, Serialize, Deserialize)]
pub struct MessageField {
    /// Name as the profile or the developer field's description has it.
    pub name: String,
    /// Value.
    pub value: Value,
    /// Unit, empty where there is none.
    pub unit: String,
    /// Whether a developer field.
    pub developer: bool,
}

/// A value by name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// A number.
    Number(f64),
    /// A time: seconds since 1970.
    Time {
        /// Seconds since 1970.
        unix_s: i64,
    },
    /// A name or text.
    Text(String),
    /// Several values.
    List(Vec<Value>),
    /// The format's invalid value.
    Invalid(()),
}

/// What fitparser said about a file.
#[derive(Debug)]
pub struct Decoded {
    /// Messages in file order, up to the damage if there is any.
    pub messages: Vec<Message>,
    /// Why it stopped before the end, if it did.
    pub stopped: Option<String>,
    /// Lines that it printed to standard error.
    pub grumbles: usize,
}

/// Decodes in a child process.
///
/// # Errors
/// When the bytes are no FIT file or the child cannot be started.
pub fn decode(bytes: &[u8]) -> Result<Decoded> {
    if !has_header(bytes) {
        bail!("this is no FIT header");
    }
    let program = std::env::current_exe().context("cannot find our own program file")?;
    let mut child = Command::new(program)
        .arg(CHILD_COMMAND)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .context("cannot start the second decoder")?;
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let decoded = std::thread::scope(|scope| {
        scope.spawn(move || {
            // The child may stop reading early; what it says then is what counts.
            let _ = stdin.map(|mut s| s.write_all(bytes));
        });
        let grumbles = scope.spawn(move || {
            stderr.map_or(0, |s| BufReader::new(s).split(b'\n').map_while(|l| l.ok()).count())
        });
        let mut messages = Vec::new();
        let mut stopped = None;
        for line in stdout.into_iter().flat_map(|s| BufReader::new(s).lines()) {
            match serde_json::from_str(&line?)? {
                Line::Message(message) => messages.push(message),
                Line::Stopped { stopped: why } => stopped = Some(why),
            }
        }
        anyhow::Ok(Decoded { messages, stopped, grumbles: grumbles.join().unwrap_or_default() })
    })?;
    child.wait()?;
    Ok(decoded)
}

/// A line of the child's answer.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Line {
    Message(Message),
    Stopped { stopped: String },
}

fn has_header(bytes: &[u8]) -> bool {
    matches!(bytes.first(), Some(12 | 14)) && bytes.get(8..12) == Some(b".FIT")
}

/// The child: FIT on standard input, JSON lines on standard output.
///
/// # Errors
/// When standard input or output fails.
pub fn run_child() -> Result<Exit> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes)?;
    let worker = std::thread::Builder::new().stack_size(STACK_BYTES);
    let worker = worker.spawn(move || {
        let mut out = std::io::BufWriter::new(std::io::stdout().lock());
        let ended = catch_unwind(std::panic::AssertUnwindSafe(|| messages_to(&bytes, &mut out)));
        let stopped = match ended {
            Ok(Ok(())) => None,
            Ok(Err(error)) => Some(error.to_string()),
            Err(_) => Some("it panicked".to_owned()),
        };
        if let Some(stopped) = stopped {
            write_line(&mut out, &Line::Stopped { stopped })?;
        }
        out.flush()?;
        anyhow::Ok(())
    })?;
    match worker.join() {
        Ok(result) => result.map(|()| Exit::Done),
        Err(_) => Ok(Exit::Failed),
    }
}

fn messages_to(mut rest: &[u8], out: &mut impl Write) -> Result<()> {
    let mut processor = FitStreamProcessor::new();
    processor.add_option(DecodeOption::SkipHeaderCrcValidation);
    processor.add_option(DecodeOption::SkipDataCrcValidation);
    while !rest.is_empty() {
        let (after, object) = processor.deserialize_next(rest)?;
        match object {
            FitObject::Crc(_) => processor.reset(),
            FitObject::DataMessage(raw) => {
                let record = processor.decode_message(raw)?;
                let fields = record.fields().iter().map(|f| MessageField {
                    name: f.name().to_owned(),
                    value: value(f.value()),
                    unit: f.units().to_owned(),
                    developer: is_developer(f),
                });
                let kind = record.kind().to_string();
                write_line(out, &Line::Message(Message { kind, fields: fields.collect() }))?;
            }
            FitObject::Header(_) | FitObject::DefinitionMessage(_) => {}
        }
        rest = after;
    }
    Ok(())
}

/// The crate keeps the developer's index to itself, but serialises it.
fn is_developer(field: &fitparser::FitDataField) -> bool {
    serde_json::to_value(field)
        .ok()
        .and_then(|v| v.get("developer_data_index").map(|index| !index.is_null()))
        .unwrap_or_default()
}

fn write_line(out: &mut impl Write, line: &Line) -> Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.write_all(b"\n")?;
    Ok(())
}

fn value(value: &FitValue) -> Value {
    match value {
        FitValue::Timestamp(time) => Value::Time { unix_s: time.timestamp() },
        FitValue::String(text) => Value::Text(text.clone()),
        FitValue::Array(values) => Value::List(values.iter().map(self::value).collect()),
        FitValue::Invalid => Value::Invalid(()),
        number => {
            let number: Result<f64, _> = number.clone().try_into();
            match number {
                Ok(number) if number.is_finite() => Value::Number(number),
                _ => Value::Invalid(()),
            }
        }
    }
}
