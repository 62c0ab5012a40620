using System.Globalization;
using System.Text;

namespace Iop.OutcomeFinance.Domain.Terms.Syntax;

/// <summary>From text to words, numbers and signs. Says where a number could be read in two ways and where languages are
/// mixed.</summary>
internal sealed class Lexer
{
    private static readonly Dictionary<string, string> Symbols = new(StringComparer.Ordinal)
    {
        ["<="] = "≤", [">="] = "≥", ["<>"] = "≠", ["!="] = "≠",
        ["+"] = "+", ["-"] = "−", ["−"] = "−", ["–"] = "−", ["*"] = "×", ["×"] = "×", ["·"] = "×", ["/"] = "/", ["÷"] = "/",
        ["("] = "(", [")"] = ")", [","] = ",", [":"] = ":", ["="] = "=", ["≠"] = "≠", ["<"] = "<", [">"] = ">",
        ["≤"] = "≤", ["≥"] = "≥", ["%"] = "%",
    };

    private readonly string _text;
    private readonly Diagnostics _diagnostics;
    private readonly NumberReader _numbers;
    private readonly Phrasebook _own;
    private readonly Phrasebook _foreign;
    private readonly TermsLanguage _language;
    private readonly List<Token> _tokens = [];
    private List<string> _before = [];
    private int _at;
    private int _line = 1;
    private int _lineStart;

    private Lexer(string text, TermsLanguage language, Diagnostics diagnostics)
    {
        _text = text;
        _language = language;
        _diagnostics = diagnostics;
        _numbers = new NumberReader(text, language, diagnostics);
        _own = Keywords.Of(language);
        _foreign = Keywords.Of(language.Other());
    }

    private Place Here => new(_line, _at - _lineStart + 1);

    public static IReadOnlyList<Token> Read(string text, TermsLanguage language, Diagnostics diagnostics) =>
        new Lexer(text, language, diagnostics).Read();

    /// <summary>The language of a text is that of its first word; Swedish if it has none of the two.</summary>
    public static TermsLanguage LanguageOf(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            var trimmed = line.TrimStart('\uFEFF').Trim();
            if (trimmed.Length == 0 || trimmed.StartsWith("--", StringComparison.Ordinal)) continue;
            return trimmed.StartsWith(Keyword.Terms.In(TermsLanguage.English), StringComparison.Ordinal)
                ? TermsLanguage.English
                : TermsLanguage.Swedish;
        }

        return TermsLanguage.Swedish;
    }

    private List<Token> Read()
    {
        while (_at < _text.Length && !_diagnostics.Full)
        {
            var letter = _text[_at];
            if (letter == '\n') NewLine();
            else if (letter is ' ' or '\t' or '\r' or '\u00A0' or '\u202F' or '\u2009') _at++;
            else if (letter == '-' && Peek(1) == '-') Comment();
            else if (char.IsAsciiDigit(letter)) NumberOrDate();
            else if (letter == '"') Quoted('"', TokenKind.Text);
            else if (letter == '[') Quoted(']', TokenKind.Name);
            else if (Names.StartsAt(_text, _at)) Word();
            else Symbol();
        }

        Add(new Token(TokenKind.End, Here, ""));
        return _tokens;
    }

    private char Peek(int ahead) => _at + ahead < _text.Length ? _text[_at + ahead] : '\0';

    private void Add(Token token)
    {
        _tokens.Add(_before.Count == 0 ? token : token with { Before = _before });
        _before = [];
    }

    private void NewLine()
    {
        _at++;
        _line++;
        var start = _at;
        _lineStart = start;
        var end = _text.IndexOf('\n', start);
        var blank = end >= 0 && string.IsNullOrWhiteSpace(_text[start..end]);
        if (blank && _tokens.Count + _before.Count > 0 && (_before.Count == 0 || _before[^1].Length > 0)) _before.Add("");
    }

    private void Comment()
    {
        var end = _text.IndexOf('\n', _at);
        if (end < 0) end = _text.Length;
        var comment = _text[(_at + 2)..end].Trim();
        if (Names.HasForbiddenCharacter(comment)) _diagnostics.Error(Here, "terms.character", ("character", "…"));
        var sameLine = _tokens.Count > 0 && _tokens[^1].At.Line == _line && _before.Count == 0;
        if (sameLine) _tokens[^1].After = comment.Length == 0 ? null : comment;
        else if (comment.Length > 0) _before.Add(comment);
        _at = end;
    }

    private void NumberOrDate()
    {
        var token = _numbers.Read(_at, Here, out var end);
        _at = end;
        Add(token);
    }

    private void Quoted(char close, TokenKind kind)
    {
        var start = Here;
        var end = _text.IndexOf(close, _at + 1);
        var line = _text.IndexOf('\n', _at);
        if (end < 0 || (line >= 0 && line < end))
        {
            _diagnostics.Error(start, "terms.quote-not-closed", ("character", close.ToString()));
            _at = line < 0 ? _text.Length : line;
            return;
        }

        var inside = Names.Normal(_text[(_at + 1)..end]).Trim();
        _at = end + 1;
        if (Names.Check(inside, freely: true) is { } wrong) _diagnostics.Error(start, wrong, ("name", Names.Shown(inside)));
        Add(new Token(kind, start, inside));
    }

    private void Word()
    {
        var start = Here;
        var word = Names.Normal(WordAt(_at, out var end));
        if (Phrase(_own, word, end, out var phraseEnd) is var (keyword, phrase) && keyword != Keyword.None)
        {
            Advance(phraseEnd);
            Add(new Token(TokenKind.Keyword, start, phrase) { Keyword = keyword });
            return;
        }

        if (Phrase(_foreign, word, end, out phraseEnd) is var (foreign, foreignPhrase) && foreign != Keyword.None)
        {
            _diagnostics.Error(start, "terms.other-language", ("word", foreignPhrase), ("instead", foreign.In(_language)));
            Advance(phraseEnd);
            Add(new Token(TokenKind.Keyword, start, foreignPhrase) { Keyword = foreign });
            return;
        }

        _at = end;
        if (Names.Check(word, freely: false) is { } wrong) _diagnostics.Error(start, wrong, ("name", Names.Shown(word)));
        Add(new Token(TokenKind.Name, start, word));
    }

    private void Advance(int end)
    {
        for (; _at < end; _at++)
        {
            if (_text[_at] != '\n') continue;
            _line++;
            _lineStart = _at + 1;
        }
    }

    private string WordAt(int from, out int end)
    {
        end = from;
        while (end < _text.Length && Names.ContinuesAt(_text, end, out var length)) end += length;
        return _text[from..end];
    }

    private (Keyword Keyword, string Phrase) Phrase(Phrasebook book, string first, int afterFirst, out int end)
    {
        foreach (var (keyword, words) in book.StartingWith(first))
        {
            end = afterFirst;
            var matches = true;
            for (var index = 1; index < words.Length && matches; index++)
            {
                var next = end;
                while (next < _text.Length && char.IsWhiteSpace(_text[next])) next++;
                matches = next > end && Names.Normal(WordAt(next, out end)) == words[index];
            }

            if (matches) return (keyword, string.Join(' ', words));
        }

        end = afterFirst;
        return (Keyword.None, first);
    }

    private void Symbol()
    {
        var two = _at + 1 < _text.Length ? _text.Substring(_at, 2) : "";
        foreach (var written in (ReadOnlySpan<string>)[two, _text[_at].ToString()])
        {
            if (!Symbols.TryGetValue(written, out var symbol)) continue;
            Add(new Token(TokenKind.Symbol, Here, symbol));
            _at += written.Length;
            return;
        }

        var known = Rune.TryGetRuneAt(_text, _at, out var rune);
        var code = known ? $"U+{rune.Value.ToString("X4", CultureInfo.InvariantCulture)}" : "U+FFFD";
        if (!(_at == 0 && _text[0] == '\uFEFF')) _diagnostics.Error(Here, "terms.character", ("character", code));
        _at += known ? rune.Utf16SequenceLength : 1;
    }
}
