"""Generated templates and texts: small, odd, and close enough to each other to match often."""

import random

WORDS = ["ab", "a", "b1", "12", "1", "é", "x y", " ", "  ", "\t", "{", "}", "[", "]", "-", "--", "&&", "~~", ".", "#", "^", "$",
         "ABC", "\xa0", "\u2003", "_", "\\", "(", ")", "<", ">", "aa", "aab", "0", "ſ", "K", "ß", "٣", "²"]
ENDS = ["\n"] * 20 + ["\r\n"] * 3 + ["\r", "\r\r\n", "\x0c", "\x0b", "\x85", "\u2028", "\x1c", "\n\n"]
ATOMS = ["a", "b", "1", "x", " ", r"\s", r"\S", r"\d", r"\w", r"\D", r"\W", ".", "[ab]", "[^a]", "[]a]", "[^]b]", "[a-]", "[-a]", r"[\w-]",
         "[a&&b]", "[+--]", "[a||b]", "[a~~b]", "[[a]", r"[\]a]", r"\<", r"\-", "{", "}", "x{,2}", "a{2", "a{,x}", "é", r"\x61", r"\b", r"\B", r"\Z", r"\A", "^", "$$",
         "ab", "12", r"\.", r"\{", "~", "&", "#", r"\141", r"[\d.]", r"[\s\S]", "[a-c1-3]", "(?i:AB)", "(?i:[a-k])", "(?i:k)", r"(?a:\w)", "_", "-"]
REPEATS = ["", "", "", "", "*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{,2}", "{1,}", "{0,2}?", "*+", "++", "?+", "{1,2}+", "{0}", "{,}", "{}"]
LOOKS = ["(?=%s)", "(?!%s)", "(?<=a)%s", "(?<!a)%s", r"(?<=\s)%s", "(?>%s)", "(?:%s)", "(%s)", "(?P<n%d>%s)"]
BAD = ["*", "(", ")", "a**", "a+*", "[b-a]", r"\1", "(?<=a*)", r"\q", "[", "(?P<X>a)", "(?i)a", "a{2,1}", "(?z)", "$", "${", "${NOPE}", "(?P=nope)",
       "(?(1)a|b)", "(a)(?(1)b|c)", r"(a)\1", "(a|b)*", "(a*)*", "(a|)+?", "((a)|b)+", "(?:a|ab)(?:c|bcd|)", "(?#x)"]
OPTIONS = ["Required", "Filldown", "Fillup", "List", "Key"]
ACTIONS = ["", "", "", " -> Record", " -> Record", " -> Next", " -> Next.Record", " -> Continue", " -> Continue", " -> Continue.Record", " -> Clear",
           " -> Clearall", " -> Continue.Clear", " -> Continue.Clearall", " -> NoRecord", " -> Next.NoRecord", " -> Error", ' -> Error "no good"', " ->",
           " -> Error word", " -> End", " -> EOF", " -> Record End", " -> Next Two", " -> Two", " -> Record Two", " -> Start", " -> Next.Clear Start"]
BAD_ACTIONS = [" -> Continue Two", " -> Nope", " -> record", " -> Next.record", " ->Next", " -> Next Two Two", ' -> "text"', " -> Next. Record", " -> Start -> Record",
               "-> Record", "\t-> Record", " ->  Record  Two ", " -> Record.Next", " -> Continue.Next"]


class Maker:
    def __init__(self, chance):
        self.chance = chance
        self.groups = 0

    def pattern(self, depth=0):
        parts = []
        for _ in range(self.chance.randint(1, 3)):
            roll = self.chance.random()
            if roll < 0.012:
                parts.append(self.chance.choice(BAD))
            elif roll < 0.2 and depth < 3:
                look = self.chance.choice(LOOKS)
                inner = self.pattern(depth + 1)
                if "%d" in look:
                    self.groups += 1
                    parts.append(look % (self.groups, inner))
                else:
                    parts.append(look % inner)
                parts.append(self.chance.choice(REPEATS))
            else:
                atom = self.chance.choice(ATOMS)
                place = atom in (r"\b", r"\B", r"\Z", r"\A", "^", "$$") or atom[-1] in "}x2" and len(atom) > 1
                parts.append(atom if place and self.chance.random() < 0.97 else atom + self.chance.choice(REPEATS))
        out = "".join(parts)
        if depth < 3 and self.chance.random() < 0.15:
            out += "|" + self.pattern(depth + 1)
        return out

    def value(self, name):
        chance = self.chance
        options = chance.sample(OPTIONS, chance.choice([0, 0, 1, 1, 2, 3]))
        if chance.random() < 0.02:
            options.append(chance.choice(["Nope", "", "List", "OptionBase"]))
        pattern = chance.choice([r"\S+", r"\d+", r"\w*", ".*", ".+?", r"[^,]*", "a|b", r"(?P<inner>a+)(?P<other>\S)?", r"(\d)+"]) if chance.random() < 0.7 else self.pattern(1).replace("$$", "$")
        return f"Value {','.join(options) + ' ' if options else ''}{name} ({pattern})"

    def rule(self, names):
        chance = self.chance
        left = list(names)
        parts = ["^"]
        for _ in range(chance.randint(0, 3)):
            if left and chance.random() < 0.6:
                name = left.pop(chance.randrange(len(left))) if chance.random() < 0.99 else chance.choice(names)
                reference = "${%s}" % name if chance.random() < 0.8 else "$" + name
                parts.append(chance.choice([reference, "(%s)?" % reference, "(?:%s|x)" % reference, r"\s*" + reference, reference + r"\s*"]))
            else:
                parts.append(self.pattern(1))
        if chance.random() < 0.3:
            parts.append("$$")
        action = chance.choice(BAD_ACTIONS) if chance.random() < 0.02 else chance.choice(ACTIONS)
        return chance.choice([" ", "  ", "  ", "\t", "   " if chance.random() < 0.01 else "  "]) + "".join(parts) + action

    def template(self):
        chance = self.chance
        self.groups = 0
        names = ["A", "B", "C", "D"][: chance.randint(1, 4)]
        lines = [self.value(name) for name in names]
        for state in ["Start", "Two"] + (["EOF"] if chance.random() < 0.2 else []) + (["End"] if chance.random() < 0.1 else []):
            lines += ["", state]
            if state in ("Start", "Two") or chance.random() < 0.02:
                lines += [self.rule(names) for _ in range(chance.randint(1, 4))]
        if chance.random() < 0.1:
            lines.insert(chance.randrange(len(lines)), chance.choice(["# comment", "  # comment", "oops", " oops"]))
        return "\n".join(lines) + "\n"

    def text(self):
        chance = self.chance
        lines = []
        for _ in range(chance.randint(0, 8)):
            lines.append("".join(chance.choice(WORDS) for _ in range(chance.randint(0, 5))) + chance.choice(ENDS))
        return "".join(lines)


def cases(count, seed):
    chance = random.Random(seed)
    maker = Maker(chance)
    for n in range(count):
        template = maker.template()
        for m in range(3):
            # A long text makes the engine build its automata.
            yield template, maker.text() * (20 if m == 2 else 1), f"made {seed}/{n}/{m}"
