//! A walk by GETBULK that always ends: at the end of the subtree or of the MIB, at an answer that does not go
//! forward, or at a limit.

use async_snmp::{Error, ErrorKind, ErrorStatus, Oid};

use crate::error::status;
use crate::{Binding, Client, SnmpError};

/// What a walk brought.
#[derive(Debug)]
pub struct Walk {
    /// In order, each below the root and after the one before it.
    pub bindings: Vec<Binding>,
    /// Why these are not all.
    pub cut: Option<SnmpError>,
}

/// Where a walk stands.
#[derive(Debug)]
struct Course {
    root: Oid,
    /// The last binding, or the root before the first.
    at: Oid,
    bindings: Vec<Binding>,
    limit: usize,
}

/// What an answer means for the walk.
#[derive(Debug, PartialEq, Eq)]
enum Step {
    On,
    End,
    Loop(Oid),
    Full,
}

impl Course {
    /// Takes the bindings of an answer as far as they are below the root and go forward.
    fn take(&mut self, answer: Vec<Binding>) -> Step {
        if answer.is_empty() {
            return Step::End;
        }
        for binding in answer {
            if binding.value.is_exception() || !binding.oid.starts_with(&self.root) {
                return Step::End;
            }
            if binding.oid <= self.at {
                return Step::Loop(binding.oid);
            }
            if self.bindings.len() == self.limit {
                return Step::Full;
            }
            self.at = binding.oid.clone();
            self.bindings.push(binding);
        }
        Step::On
    }
}

/// Answers this large come in one packet; larger ones come in fragments, which some filters drop.
const SMALL: u32 = 5;

/// What to ask next time, after an answer that was an error; `None` when there is nothing left to try.
fn fewer(repetitions: u32, error: &Error) -> Option<u32> {
    match (status(error), error.kind()) {
        (Some(ErrorStatus::TooBig), _) if repetitions > 1 => Some(repetitions / 2),
        (None, ErrorKind::Timeout) if repetitions > SMALL => Some(SMALL),
        // Some agents fail as a whole where one binding of many fails.
        (Some(ErrorStatus::GenErr), _) if repetitions > 1 => Some(1),
        _ => None,
    }
}

pub(crate) async fn walk(client: &Client, root: &Oid) -> Walk {
    let mut course =
        Course { root: root.clone(), at: root.clone(), bindings: Vec::new(), limit: client.limits.bindings };
    let mut repetitions = client.limits.repetitions.max(1);
    let cut = loop {
        let answer = client.inner.get_bulk(std::slice::from_ref(&course.at), 0, repetitions).await;
        let step = match answer {
            Ok(answer) => course.take(answer),
            // How v1 agents say that there is nothing more, and some v2c agents too.
            Err(error) if status(&error) == Some(ErrorStatus::NoSuchName) => Step::End,
            Err(error) => {
                // A device that never answered is not asked again in another way.
                let known = !course.bindings.is_empty() || error.kind() != ErrorKind::Timeout;
                match fewer(repetitions, &error).filter(|_| known) {
                    Some(fewer) => {
                        repetitions = fewer;
                        continue;
                    }
                    None => break Some(failed(client, &course, &error)),
                }
            }
        };
        match step {
            Step::On => {}
            Step::End => break None,
            Step::Loop(oid) => {
                let (after, oid) = (course.at.to_string(), oid.to_string());
                break Some(SnmpError::Loop { addr: client.addr, after, oid });
            }
            Step::Full => {
                let root = root.to_string();
                break Some(SnmpError::TooMany { addr: client.addr, root, limit: course.limit });
            }
        }
    };
    Walk { bindings: course.bindings, cut }
}

fn failed(client: &Client, course: &Course, error: &Error) -> SnmpError {
    match SnmpError::of(error, client.asked(&course.at)) {
        SnmpError::NoAnswer { addr, .. } if !course.bindings.is_empty() => {
            SnmpError::Silent { addr, at: course.at.to_string() }
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use async_snmp::Value;
    use proptest::prelude::*;

    use super::*;

    fn course(limit: usize) -> Course {
        let root = Oid::new([1, 3]);
        Course { at: root.clone(), root, bindings: Vec::new(), limit }
    }

    fn binding(arcs: &[u32]) -> Binding {
        Binding::new(Oid::from_slice(arcs), Value::Integer(1))
    }

    /// Takes answers one after the other, as OIDs below 1.3; gives how many bindings were kept.
    fn check(answers: &[&[&[u32]]], last: &Step, kept: usize) {
        let mut course = course(4);
        let mut step = Step::On;
        for answer in answers {
            assert_eq!(step, Step::On, "{answers:?}");
            step = course.take(answer.iter().map(|arcs| binding(arcs)).collect());
        }
        assert_eq!((&step, course.bindings.len()), (last, kept), "{answers:?}");
    }

    #[test]
    fn a_walk_ends_at_the_end_of_its_subtree_and_at_nothing() {
        check(&[&[&[1, 3, 1], &[1, 3, 2]], &[&[1, 4]]], &Step::End, 2);
        check(&[&[&[1, 3, 1]], &[]], &Step::End, 1);
        check(&[&[&[2, 1]]], &Step::End, 0);
        let mut course = course(4);
        assert_eq!(course.take(vec![Binding::new(Oid::new([1, 3, 9]), Value::EndOfMibView)]), Step::End);
    }

    #[test]
    fn a_walk_that_does_not_go_forward_or_goes_too_far_is_cut() {
        check(&[&[&[1, 3, 1]], &[&[1, 3, 1]]], &Step::Loop(Oid::new([1, 3, 1])), 1);
        check(&[&[&[1, 3, 5], &[1, 3, 2]]], &Step::Loop(Oid::new([1, 3, 2])), 1);
        check(&[&[&[1, 3]]], &Step::Loop(Oid::new([1, 3])), 0);
        check(&[&[&[1, 3, 1], &[1, 3, 2], &[1, 3, 3]], &[&[1, 3, 4], &[1, 3, 5]]], &Step::Full, 4);
    }

    proptest! {
        /// Whatever an agent answers: what is kept is below the root, in order, each once, and within the limit.
        #[test]
        fn what_is_kept_is_in_order_and_below_the_root(
            answers in prop::collection::vec(prop::collection::vec(prop::collection::vec(0u32..5, 0..5), 0..5), 0..20)
        ) {
            let mut course = course(10);
            for answer in answers {
                let answer = answer.iter().map(|arcs| binding(arcs)).collect();
                if course.take(answer) != Step::On {
                    break;
                }
            }
            prop_assert!(course.bindings.len() <= 10);
            prop_assert!(course.bindings.iter().all(|b| b.oid.starts_with(&course.root) && b.oid > course.root));
            prop_assert!(course.bindings.windows(2).all(|w| w[0].oid < w[1].oid));
        }
    }
}
