//! MAC and IP addresses: any spelling in, one spelling out, and a form that sorts and can be searched in part.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

/// A MAC address. Reads `aabb.ccdd.eeff`, `aa-bb-cc-dd-ee-ff`, `aa:bb:…`, `aabb-ccdd-eeff` and bare digits;
/// shows `aa:bb:cc:dd:ee:ff`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Mac(pub [u8; 6]);

impl Mac {
    /// Twelve lower-case hex digits: how a MAC is stored, so that a part of one can be searched.
    pub fn key(self) -> String {
        self.0.iter().map(|b| format!("{b:02x}")).collect()
    }
}

impl fmt::Display for Mac {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d, e, g] = self.0;
        write!(f, "{a:02x}:{b:02x}:{c:02x}:{d:02x}:{e:02x}:{g:02x}")
    }
}

impl FromStr for Mac {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let bad = || format!("`{}` is not a MAC address", crate::text::shown(text));
        let digits = separated_hex(text).filter(|d| d.len() == 12).ok_or_else(bad)?;
        let mut bytes = [0; 6];
        for (byte, pair) in bytes.iter_mut().zip(digits.as_bytes().chunks(2)) {
            let pair = std::str::from_utf8(pair).map_err(|_| bad())?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| bad())?;
        }
        Ok(Self(bytes))
    }
}

impl utoipa::PartialSchema for Mac {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        let text = utoipa::openapi::ObjectBuilder::new().schema_type(utoipa::openapi::schema::Type::String);
        text.description(Some("00:50:56:30:41:34")).into()
    }
}

impl utoipa::ToSchema for Mac {}

impl serde::Serialize for Mac {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Mac {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = <String as serde::Deserialize>::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A MAC address or a part of one, as typed into a search box: at least two hex digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MacPattern(String);

impl MacPattern {
    /// The hex digits to look for inside [`Mac::key`].
    pub fn digits(&self) -> &str {
        &self.0
    }

    pub fn is_whole(&self) -> bool {
        self.0.len() == 12
    }
}

impl FromStr for MacPattern {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let digits = separated_hex(text).filter(|d| (2..=12).contains(&d.len()));
        digits.map(Self).ok_or_else(|| format!("`{}` is not a MAC address or a part of one", crate::text::shown(text)))
    }
}

/// Hex digits without their separators, lower case; `None` when anything else is in the text.
fn separated_hex(text: &str) -> Option<String> {
    let text = text.trim();
    let well = text.chars().all(|c| c.is_ascii_hexdigit() || matches!(c, ':' | '-' | '.'));
    well.then(|| text.chars().filter(char::is_ascii_hexdigit).map(|c| c.to_ascii_lowercase()).collect())
}

/// An address in a form whose text order is the numeric order: family digit, then the address in hex.
pub fn ip_key(ip: IpAddr) -> String {
    match ip {
        IpAddr::V4(v4) => format!("4{:08x}", v4.to_bits()),
        IpAddr::V6(v6) => format!("6{:032x}", v6.to_bits()),
    }
}

/// The start of the [`ip_key`] of every address that a text such as `10.0.` or `10.0.0.1` names.
/// `None` when the text is neither an IPv4 address, nor whole octets of one, nor an IPv6 address.
pub fn ip_key_prefix(text: &str) -> Option<String> {
    let text = text.trim();
    if let Ok(ip) = text.parse::<IpAddr>() {
        return Some(ip_key(ip));
    }
    let octets: Vec<&str> = text.trim_end_matches('.').split('.').collect();
    let octets: Option<Vec<u8>> = octets.iter().map(|o| o.parse().ok()).collect();
    let octets = octets.filter(|o| o.len() < 4)?;
    Some(octets.iter().fold("4".to_owned(), |key, o| key + &format!("{o:02x}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_mac_is_one_mac() {
        for text in ["aabb.ccdd.eeff", "AA-BB-CC-DD-EE-FF", "aa:bb:cc:dd:ee:ff", "aabbccddeeff", "aabb-ccdd-eeff"] {
            assert_eq!(text.parse::<Mac>().map(|m| m.to_string()), Ok("aa:bb:cc:dd:ee:ff".into()), "{text}");
        }
        for text in ["aabb.ccdd.eef", "1d07h,", "", "Incomplete", "aa:bb:cc:dd:ee:fg"] {
            assert!(text.parse::<Mac>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_part_of_a_mac_is_its_digits() {
        assert_eq!("ccdd.ee".parse::<MacPattern>().as_ref().map(MacPattern::digits), Ok("ccddee"));
        assert!("zz".parse::<MacPattern>().is_err());
    }

    #[test]
    fn keys_of_addresses_sort_as_the_addresses_do() {
        let of = |t: &str| ip_key(t.parse().expect(t));
        assert!(of("9.0.0.1") < of("10.0.0.1"));
        assert!(of("255.0.0.1") < of("2001:db8::1"));
        assert_eq!(ip_key_prefix("10.0.").as_deref(), Some("40a00"));
        assert_eq!(ip_key_prefix("10.0.0.1"), Some(of("10.0.0.1")));
        assert_eq!(ip_key_prefix("spine"), None);
    }
}
