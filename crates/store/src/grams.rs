//! Which contents can have a text in them, without unpacking: a filter over all groups of three bytes.
//!
//! One bit stands for each group (a Bloom filter with one hash), ASCII letters as lower case. A text of eight letters has six
//! groups, so of a thousand contents that do not have it, about one is unpacked for nothing. The filter stands before the
//! packed content in a frame that every reader of zstd (RFC 8878, 3.1.2) and of LZ4 skips; a content without one may have anything.

/// Smaller contents are unpacked as fast as a filter is looked at.
pub(crate) const SMALLEST: usize = 8 * 1024;
/// The magic number of a frame that is skipped.
pub(crate) const SKIPPED: [u8; 4] = [0x53, 0x2a, 0x4d, 0x18];
/// What the frame has first, so that nobody else's is taken for a filter; then the bits.
const LABEL: &[u8; 4] = b"3gr1";
/// Bytes of the magic number, of the length, and of the label.
const HEAD: usize = 12;
/// Bytes of the largest filter: with 32,000 groups a quarter of its bits is set.
const LARGEST: usize = 16 * 1024;

/// Texts of which a content must have one; upper and lower case are the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needles(Vec<Vec<u32>>);

impl Needles {
    /// `None` where they tell nothing: there are none, or one is too short.
    pub fn of<'t>(texts: impl IntoIterator<Item = &'t [u8]>) -> Option<Self> {
        let mut all: Vec<Vec<u32>> = texts.into_iter().map(|text| groups(text).collect()).collect();
        all.sort_unstable();
        all.dedup();
        (!all.is_empty() && all.iter().all(|groups| !groups.is_empty())).then_some(Self(all))
    }

    /// Whether the packed content may have one of them.
    pub(crate) fn may_be_in(&self, packed: &[u8]) -> bool {
        let Some(bits) = filter(packed) else { return true };
        self.0.iter().any(|groups| groups.iter().all(|group| is_set(bits, *group)))
    }
}

/// The frame to put before a packed content; `None` for one that is small, or so varied that a filter says nothing.
pub(crate) fn frame(content: &[u8]) -> Option<Vec<u8>> {
    if content.len() < SMALLEST {
        return None;
    }
    let mut bits = vec![0_u8; LARGEST];
    for group in groups(content) {
        let (byte, bit) = place(LARGEST, group);
        bits[byte] |= bit;
    }
    let set = |bits: &[u8]| bits.iter().map(|byte| byte.count_ones() as usize).sum::<usize>();
    // Less than an eighth is set. A place is the lower bits of the hash: the halves laid on each other are a smaller filter.
    while bits.len() > 64 && set(&bits) < bits.len() {
        let upper = bits.split_off(bits.len() / 2);
        bits.iter_mut().zip(upper).for_each(|(lower, upper)| *lower |= upper);
    }
    if set(&bits) > bits.len() * 4 {
        return None;
    }
    let length = u32::try_from(LABEL.len() + bits.len()).ok()?;
    Some([&SKIPPED[..], &length.to_le_bytes(), LABEL, &bits].concat())
}

/// The bits of the filter that stands before a packed content.
fn filter(packed: &[u8]) -> Option<&[u8]> {
    split(packed).map(|(bits, _)| bits)
}

/// What stands behind the filter, if there is one.
pub(crate) fn behind(packed: &[u8]) -> &[u8] {
    split(packed).map_or(packed, |(_, rest)| rest)
}

fn split(packed: &[u8]) -> Option<(&[u8], &[u8])> {
    let (head, rest) = packed.split_at_checked(HEAD)?;
    let length = u32::from_le_bytes(head[4..8].try_into().ok()?) as usize;
    let (bits, rest) = rest.split_at_checked(length.checked_sub(LABEL.len())?)?;
    (head[..4] == SKIPPED && head[8..] == *LABEL && bits.len().is_power_of_two()).then_some((bits, rest))
}

/// Hashes of all groups of three bytes.
fn groups(text: &[u8]) -> impl Iterator<Item = u32> {
    text.windows(3).map(|group| {
        let group = u32::from_le_bytes([group[0], group[1], group[2], 0].map(|byte| byte.to_ascii_lowercase()));
        group.wrapping_mul(0x9e37_79b1) >> 8
    })
}

fn place(length: usize, group: u32) -> (usize, u8) {
    let bit = group as usize & (length * 8 - 1);
    (bit / 8, 1 << (bit % 8))
}

fn is_set(bits: &[u8], group: u32) -> bool {
    let (byte, bit) = place(bits.len(), group);
    bits[byte] & bit != 0
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;

    fn config(from: u32, ports: u32) -> Vec<u8> {
        (from..from + ports)
            .fold(String::new(), |mut text, port| {
                let _ = writeln!(text, "interface Ethernet1/{port}\n description Room {}", port * 7919 % 9000);
                text
            })
            .into_bytes()
    }

    fn may_have(frame: &[u8], text: &str) -> bool {
        Needles::of([text.as_bytes()]).expect("needles").may_be_in(frame)
    }

    #[test]
    fn what_is_in_a_content_is_never_denied() {
        let content = config(0, 1000);
        let frame = frame(&content).expect("a filter");
        for text in String::from_utf8(content).expect("text").split('\n').filter(|line| line.len() > 2) {
            assert!(may_have(&frame, text), "{text}");
            assert!(may_have(&frame, &text.to_ascii_uppercase()), "{text}");
        }
    }

    #[test]
    fn what_is_not_in_it_is_mostly_known() {
        let content = config(0, 1000);
        let frame = frame(&content).expect("a filter");
        let denied = (0..1000).filter(|n| !may_have(&frame, &format!("10.{n}.snmp"))).count();
        assert!(denied > 950, "{denied}");
        assert!(frame.len() < content.len() / 16, "{}", frame.len());
    }

    #[test]
    fn where_nothing_is_known_anything_may_be() {
        let needles = Needles::of([&b"absent"[..]]).expect("needles");
        let mut state = 1_u32;
        let random = std::iter::repeat_with(|| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        });
        let random: Vec<u8> = random.take(400_000).collect();
        for content in [config(0, 10), random] {
            assert_eq!(frame(&content), None);
        }
        let lies: [&[u8]; 4] =
            [b"", b"\x53\x2a\x4d\x18", b"\x53\x2a\x4d\x18\xff\xff\xff\xff3gr1", b"\x53\x2a\x4d\x18\x07\0\0\x003gr1abc"];
        assert!(lies.iter().all(|packed| needles.may_be_in(packed)));
        assert_eq!(Needles::of([]), None);
        assert_eq!(Needles::of([&b"long enough"[..], b"no"]), None);
    }
}
