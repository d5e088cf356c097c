//! Writes a tree as steps. From the end, so that every step knows what follows.

use super::class::Class;
use super::first::First;
use super::node::{Mode, Node, Place, UNBOUNDED};
use super::program::{NO_MEMO, NO_PAIR, Pc, Program, Run, Split, Step};

/// A repeat of a group is written out up to this many steps, and counted above.
const WRITTEN_OUT: usize = 600;

/// `wanted` are the groups whose text is asked for: the first has slots 0 and 1, the next 2 and 3.
pub(crate) fn compile(root: &Node, wanted: &[u32]) -> Program {
    let mut kept = wanted.to_vec();
    asked_by(root, &mut kept);
    let slots = 2 * kept.len() as u32;
    let mut builder = Builder { kept: &kept, ..Builder::default() };
    let end = builder.push(Step::Match, First::DONE);
    let start = builder.node(root, end);
    let first = builder.firsts[start as usize];
    let Builder { steps, classes, registers, uses_groups, memos, .. } = builder;
    let memos = if uses_groups { 0 } else { memos };
    Program { steps, classes, start, first, registers, slots, memos }
}

#[derive(Default)]
struct Builder<'a> {
    kept: &'a [u32],
    steps: Vec<Step>,
    firsts: Vec<First>,
    classes: Vec<Class>,
    registers: u32,
    memos: u32,
    /// How many look-arounds and atomic groups we are in.
    apart: u32,
    uses_groups: bool,
}

impl Builder<'_> {
    fn push(&mut self, step: Step, first: First) -> Pc {
        self.steps.push(step);
        self.firsts.push(first);
        (self.steps.len() - 1) as Pc
    }

    fn first(&self, pc: Pc) -> First {
        self.firsts[pc as usize]
    }

    fn pair(&self, group: u32) -> Option<u32> {
        self.kept.iter().position(|&kept| kept == group).map(|pair| pair as u32)
    }

    fn register(&mut self) -> u32 {
        self.registers += 1;
        self.registers - 1
    }

    fn memo(&mut self) -> u32 {
        if self.apart > 0 {
            return NO_MEMO;
        }
        self.memos += 1;
        self.memos - 1
    }

    fn class(&mut self, class: &Class) -> u32 {
        let known = self.classes.iter().position(|c| c == class);
        known.unwrap_or_else(|| {
            self.classes.push(class.clone());
            self.classes.len() - 1
        }) as u32
    }

    /// Writes `node` in front of `next` and says where it starts.
    fn node(&mut self, node: &Node, next: Pc) -> Pc {
        let rest = First { always: false, ..self.first(next) };
        match node {
            Node::Never => self.push(Step::Fail, First::default()),
            Node::Char(c) => self.literal(*c, next),
            Node::Class(class) => {
                let first = First::of_class(class);
                let class = self.class(class);
                self.push(Step::Class { class, next }, first)
            }
            Node::Concat(nodes) => nodes.iter().rev().fold(next, |next, node| self.node(node, next)),
            Node::Alternate(arms) => self.alternate(arms, next),
            Node::Repeat { node, min, max, mode } => self.repeat(node, *min, *max, *mode, next),
            Node::Capture { group, node } => self.capture(*group, node, next),
            Node::Atomic(node) => self.apart(node, |body| (Step::Atomic { body, next }, rest)),
            Node::Ahead { negated, node } => {
                let negated = *negated;
                self.apart(node, |body| (Step::Ahead { negated, body, next }, rest))
            }
            Node::Behind { negated, width, node } => {
                let (negated, width) = (*negated, *width);
                self.apart(node, |body| (Step::Behind { negated, width, body, next }, rest))
            }
            Node::Backref { group, fold, .. } => {
                self.uses_groups = true;
                let group = self.pair(*group).unwrap_or_default();
                self.push(Step::Backref { group, fold: *fold, next }, First::ANY)
            }
            Node::Conditional { group, yes, no } => {
                self.uses_groups = true;
                let (yes, no) = (self.node(yes, next), self.node(no, next));
                let first = self.first(yes).or(self.first(no));
                let group = self.pair(*group).unwrap_or_default();
                self.push(Step::Conditional { group, yes, no }, First { always: false, ..first })
            }
            Node::At(place) => {
                let first = if *place == Place::End { First { end: true, ..First::default() } } else { rest };
                self.push(Step::At { place: *place, next }, first)
            }
        }
    }

    /// A part with an end of its own; for an atomic group `rest` is too little to say what it begins with.
    fn apart(&mut self, node: &Node, step: impl FnOnce(Pc) -> (Step, First)) -> Pc {
        self.apart += 1;
        let end = self.push(Step::Match, First::DONE);
        let body = self.node(node, end);
        self.apart -= 1;
        let (step, rest) = step(body);
        let atomic = matches!(step, Step::Atomic { .. });
        let first = if atomic { First { always: false, ..First::of(node, rest) } } else { rest };
        self.push(step, first)
    }

    /// Joins the character to the literal that follows, if one does.
    fn literal(&mut self, c: char, next: Pc) -> Pc {
        let first = First::of_char(c);
        let (text, next) = match &self.steps[next as usize] {
            Step::Literal { text, next } => (format!("{c}{text}").into(), *next),
            _ => (c.to_string().into(), next),
        };
        self.push(Step::Literal { text, next }, first)
    }

    fn alternate(&mut self, arms: &[Node], next: Pc) -> Pc {
        let starts: Vec<Pc> = arms.iter().map(|arm| self.node(arm, next)).collect();
        let mut starts = starts.into_iter().rev();
        let last = starts.next().unwrap_or(next);
        starts.fold(last, |b, a| self.split(a, b))
    }

    fn split(&mut self, a: Pc, b: Pc) -> Pc {
        let firsts = (self.first(a), self.first(b));
        let memo = self.memo();
        self.push(Step::Split(Split { a, b, firsts, memo }), firsts.0.or(firsts.1))
    }

    fn capture(&mut self, group: u32, node: &Node, next: Pc) -> Pc {
        let Some(pair) = self.pair(group) else {
            return self.node(node, next);
        };
        if let Node::Repeat { node, min, max, mode } = node
            && let Some(class) = single(node).filter(|_| *max > 0)
        {
            return self.run(&class, (*min, *max, *mode), pair, next);
        }
        let first = self.first(next);
        let end = self.push(Step::Save { slot: 2 * pair + 1, next }, first);
        let body = self.node(node, end);
        let first = self.first(body);
        self.push(Step::Save { slot: 2 * pair, next: body }, first)
    }

    fn repeat(&mut self, node: &Node, min: u32, max: u32, mode: Mode, next: Pc) -> Pc {
        if max == 0 {
            return next;
        }
        if let Some(class) = single(node) {
            return self.run(&class, (min, max, mode), NO_PAIR, next);
        }
        if mode == Mode::Possessive {
            let repeat = Node::Repeat { node: Box::new(node.clone()), min, max, mode: Mode::Greedy };
            return self.node(&Node::Atomic(Box::new(repeat)), next);
        }
        let lazy = mode == Mode::Lazy;
        let copies = if max == UNBOUNDED { min.saturating_add(1) } else { max } as usize;
        if copies > 1 && size(node).saturating_mul(copies) > WRITTEN_OUT {
            return self.counted(node, min, max, lazy, next);
        }
        let mut at = if max == UNBOUNDED { self.star(node, lazy, next) } else { next };
        if max != UNBOUNDED {
            for _ in min..max {
                let body = self.node(node, at);
                at = if lazy { self.split(next, body) } else { self.split(body, next) };
            }
        }
        (0..min).fold(at, |at, _| self.node(node, at))
    }

    fn run(&mut self, class: &Class, (min, max, mode): (u32, u32, Mode), pair: u32, next: Pc) -> Pc {
        let (own, follow) = (First::of_class(class), self.first(next));
        let first = if min == 0 { own.or(follow) } else { own };
        // What follows can never begin inside the run, or takes anything: no other length can help.
        let settled = !own.meets(follow) || mode == Mode::Greedy && follow.always;
        let mode = if settled { Mode::Possessive } else { mode };
        let wide = class.is_wide();
        let class = self.class(class);
        let memo = if mode == Mode::Possessive { NO_MEMO } else { self.memo() };
        let run = Run { class, min, max, mode, next, follow, stop: follow.only(), wide, memo, pair };
        self.push(Step::Run(run), First { always: first.always && min == 0 && follow.always, ..first })
    }

    fn star(&mut self, node: &Node, lazy: bool, next: Pc) -> Pc {
        let first = First { always: false, ..First::of(node, First::ANY).or(self.first(next)) };
        let head = self.push(Step::Fail, first);
        let can_be_empty = node.width().0 == 0;
        let body = if can_be_empty {
            let register = self.register();
            let end = self.push(Step::Moved { register, head, exit: next }, First::ANY);
            let body = self.node(node, end);
            self.push(Step::Mark { register, next: body }, First::ANY)
        } else {
            self.node(node, head)
        };
        let (a, b) = if lazy { (next, body) } else { (body, next) };
        let memo = self.memo();
        let firsts = (self.first(a), self.first(b));
        self.steps[head as usize] = Step::Split(Split { a, b, firsts, memo });
        head
    }

    fn counted(&mut self, node: &Node, min: u32, max: u32, lazy: bool, next: Pc) -> Pc {
        self.uses_groups = true;
        let register = self.register();
        self.register();
        let head = self.push(Step::Fail, First::ANY);
        let body = self.node(node, head);
        self.steps[head as usize] = Step::Count { register, min, max, lazy, body, next };
        self.push(Step::Zero { register, next: head }, First::ANY)
    }
}

/// Adds the groups that the pattern itself refers to.
fn asked_by(node: &Node, kept: &mut Vec<u32>) {
    match node {
        Node::Backref { group, .. } if !kept.contains(group) => kept.push(*group),
        Node::Conditional { group, yes, no } => {
            if !kept.contains(group) {
                kept.push(*group);
            }
            asked_by(yes, kept);
            asked_by(no, kept);
        }
        Node::Concat(nodes) | Node::Alternate(nodes) => nodes.iter().for_each(|node| asked_by(node, kept)),
        Node::Repeat { node, .. } | Node::Capture { node, .. } | Node::Atomic(node) => asked_by(node, kept),
        Node::Ahead { node, .. } | Node::Behind { node, .. } => asked_by(node, kept),
        _ => {}
    }
}

/// The set when the node is one character.
fn single(node: &Node) -> Option<Class> {
    match node {
        Node::Class(class) => Some((**class).clone()),
        Node::Char(c) => {
            let mut class = Class::default();
            class.add(*c, *c);
            Some(class.finish(false, false))
        }
        Node::Concat(nodes) if nodes.len() == 1 => single(&nodes[0]),
        _ => None,
    }
}

/// About how many steps the node takes.
fn size(node: &Node) -> usize {
    match node {
        Node::Concat(nodes) | Node::Alternate(nodes) => nodes.iter().map(size).fold(1, |a, b| a.saturating_add(b)),
        Node::Repeat { node, .. } if single(node).is_some() => 1,
        Node::Repeat { node, min, max, .. } => {
            let copies = if *max == UNBOUNDED { min.saturating_add(1) } else { *max } as usize;
            // Above the limit it is counted, not written out.
            let out = size(node).saturating_mul(copies);
            if copies > 1 && out > WRITTEN_OUT { size(node) + 2 } else { out + 2 }
        }
        Node::Capture { node, .. } | Node::Atomic(node) => size(node) + 2,
        Node::Ahead { node, .. } | Node::Behind { node, .. } => size(node) + 2,
        Node::Conditional { yes, no, .. } => size(yes) + size(no) + 1,
        _ => 1,
    }
}
