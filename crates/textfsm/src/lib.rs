//! textfsm
