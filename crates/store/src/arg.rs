//! Arguments of statements: what Rust has, as both databases take it.

use std::net::IpAddr;

use model::{
    CaptureId, ChangeId, CredentialId, DeviceId, JobId, RunId, ScheduleId, SiteId, TenantId, Timestamp, WorkerId,
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Arg {
    Int(Option<i64>),
    Bool(bool),
    Text(Option<String>),
    Bytes(Vec<u8>),
}

/// As an element of [`crate::sql::Sql::each`].
impl serde::Serialize for Arg {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match self {
            Arg::Int(n) => n.serialize(s),
            Arg::Bool(is) => is.serialize(s),
            Arg::Text(text) => text.serialize(s),
            Arg::Bytes(bytes) => s.serialize_str(&bytes.iter().map(|b| format!("{b:02x}")).collect::<String>()),
        }
    }
}

impl From<i64> for Arg {
    fn from(n: i64) -> Self {
        Arg::Int(Some(n))
    }
}

impl From<bool> for Arg {
    fn from(is: bool) -> Self {
        Arg::Bool(is)
    }
}

/// PostgreSQL stores no NUL in a text, and a device may send one.
impl From<String> for Arg {
    fn from(text: String) -> Self {
        Arg::Text(Some(if text.contains('\0') { text.replace('\0', "\u{fffd}") } else { text }))
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<&String> for Arg {
    fn from(text: &String) -> Self {
        text.clone().into()
    }
}

impl From<IpAddr> for Arg {
    fn from(ip: IpAddr) -> Self {
        ip.to_string().into()
    }
}

impl From<&[u8]> for Arg {
    fn from(bytes: &[u8]) -> Self {
        Arg::Bytes(bytes.to_vec())
    }
}

impl From<[u8; 16]> for Arg {
    fn from(bytes: [u8; 16]) -> Self {
        Arg::Bytes(bytes.to_vec())
    }
}

macro_rules! args {
    (ints: $($int:ty)*; ids: $($id:ty)*; optional texts: $($text:ty)*) => {
        $(impl From<$int> for Arg {
            fn from(n: $int) -> Self {
                Arg::Int(Some(n.into()))
            }
        })*
        $(impl From<$id> for Arg {
            fn from(id: $id) -> Self {
                Arg::Int(Some(id.0))
            }
        }
        impl From<Option<$id>> for Arg {
            fn from(id: Option<$id>) -> Self {
                Arg::Int(id.map(|id| id.0))
            }
        })*
        $(impl From<Option<$text>> for Arg {
            fn from(text: Option<$text>) -> Self {
                text.map_or(Arg::Text(None), Arg::from)
            }
        })*
    };
}

args! {
    ints: u16 u32;
    ids: TenantId DeviceId SiteId CaptureId RunId ChangeId CredentialId JobId WorkerId ScheduleId Timestamp;
    optional texts: String &str &String IpAddr
}

impl From<Option<i64>> for Arg {
    fn from(n: Option<i64>) -> Self {
        Arg::Int(n)
    }
}
