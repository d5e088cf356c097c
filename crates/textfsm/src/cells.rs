//! Where the values of records are kept: places in the text, twelve bytes each, one vector for all.
//!
//! A record that costs an allocation, or a value that is a text of its own, would cost more than to match it.

/// A longer text cannot be read: places in it are 31 bits.
pub(crate) const LONGEST_TEXT: usize = (1 << 31) - 1;

const ABSENT: u32 = u32::MAX;
/// Set in `start`: the range is one of entries, not of bytes.
const ELSEWHERE: u32 = 1 << 31;

/// A range of bytes of the text, of entries elsewhere, or nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    start: u32,
    end: u32,
}

/// What a [`Span`] stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Absent,
    Bytes(usize, usize),
    Entries(usize, usize),
}

impl Span {
    pub(crate) const ABSENT: Span = Span { start: ABSENT, end: ABSENT };

    /// Bytes from `start` to `end`, none of which is past [`LONGEST_TEXT`].
    pub(crate) fn bytes(start: usize, end: usize) -> Span {
        Span { start: start as u32, end: end as u32 }
    }

    pub(crate) fn entries(start: u32, end: u32) -> Span {
        Span { start: start | ELSEWHERE, end }
    }

    pub(crate) fn place(self) -> Place {
        match self.start {
            ABSENT => Place::Absent,
            start if start & ELSEWHERE != 0 => Place::Entries((start & !ELSEWHERE) as usize, self.end as usize),
            start => Place::Bytes(start as usize, self.end as usize),
        }
    }

    pub(crate) fn is_absent(self) -> bool {
        self.start == ABSENT
    }

    /// Absent, an empty text or an empty list.
    pub(crate) fn is_empty(self) -> bool {
        self.is_absent() || self.start & !ELSEWHERE == self.end
    }

    /// Neither a text nor a list with entries: an empty text is something.
    pub(crate) fn is_nothing(self) -> bool {
        self.start & ELSEWHERE != 0 && self.is_empty()
    }
}

/// A value of a record, and the line it is from; line 0 for none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cell {
    pub span: Span,
    pub line: u32,
}

impl Cell {
    pub(crate) const ABSENT: Cell = Cell { span: Span::ABSENT, line: 0 };
}

/// The entries of all lists of one field. A list is a range of them, so lists that grow share their front.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Lists {
    /// A text, or a range of `groups`: one for each of `names`.
    pub items: Vec<Span>,
    pub groups: Vec<Span>,
    /// Named groups inside the pattern of the field.
    pub names: Vec<String>,
}
