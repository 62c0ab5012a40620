using System.Globalization;

namespace Iop.OutcomeFinance.Domain.Terms.Syntax;

/// <summary>Thrown and caught inside the parser only: this statement cannot be read further.</summary>
internal sealed class StatementUnreadable : Exception;

/// <summary>Walks over the tokens and counts what is built of them.</summary>
internal sealed class TokenReader(IReadOnlyList<Token> tokens, TermsLanguage language, Diagnostics diagnostics)
{
    private int _at;
    private int _nodes;
    private int _depth;

    public Token Now => tokens[_at];

    public Token Next => tokens[Math.Min(_at + 1, tokens.Count - 1)];

    public Token Last => tokens[Math.Max(_at - 1, 0)];

    public Diagnostics Diagnostics => diagnostics;

    public TermsLanguage Language => language;

    public int Position => _at;

    public IEnumerable<Token> Since(int position) => tokens.Skip(position).Take(_at - position);

    public Token Take()
    {
        var token = Now;
        if (token.Kind != TokenKind.End) _at++;
        return token;
    }

    public bool Accept(Keyword keyword)
    {
        if (!Now.Is(keyword)) return false;
        Take();
        return true;
    }

    public bool Accept(string symbol)
    {
        if (!Now.Is(symbol)) return false;
        Take();
        return true;
    }

    public void Expect(string symbol)
    {
        if (!Accept(symbol)) throw Unexpected(symbol);
    }

    public void Expect(Keyword keyword)
    {
        if (!Accept(keyword)) throw Unexpected(keyword.In(language));
    }

    public string Name(string what)
    {
        if (Now.Kind == TokenKind.Name) return Take().Text;
        if (Now.Kind != TokenKind.Keyword) throw Unexpected(what);
        diagnostics.Error(Now.At, "terms.reserved-word", ("word", Now.Text));
        throw new StatementUnreadable();
    }

    public string Code()
    {
        if (Now.Kind is TokenKind.Name or TokenKind.Text) return Take().Text;
        throw Unexpected("\"…\"");
    }

    public int WholeNumber(int least, int most)
    {
        var token = Now;
        if (token.Kind != TokenKind.Number) throw Unexpected("1");
        Take();
        if (token.Number.IsWhole && token.Number.Top >= least && token.Number.Top <= most) return (int)token.Number.Top;
        diagnostics.Error(token.At, "terms.whole-number", ("least", Text(least)), ("most", Text(most)));
        return least;
    }

    /// <summary>Counts a node and refuses trees that are too large or too high.</summary>
    public T Built<T>(T node, params ReadOnlySpan<Expression> children)
        where T : Expression
    {
        var height = 1;
        foreach (var child in children) height = Math.Max(height, child.Height + 1);
        if (++_nodes > Limits.Nodes) throw TooMuch(node.At, "terms.too-large", Limits.Nodes);
        if (height > Limits.Height) throw TooMuch(node.At, "terms.too-deep", Limits.Height);
        return node with { Height = height };
    }

    public void Deeper()
    {
        if (++_depth > Limits.Depth) throw TooMuch(Now.At, "terms.too-deep", Limits.Depth);
    }

    public void Shallower() => _depth--;

    public StatementUnreadable Unexpected(string expected)
    {
        var found = Now.Kind == TokenKind.End ? "" : Names.Shown(Now.Text);
        diagnostics.Error(Now.At, Now.Kind == TokenKind.End ? "terms.unexpected-end" : "terms.unexpected", ("found", found),
            ("expected", expected));
        return new StatementUnreadable();
    }

    /// <summary>After an error: on to the next word that begins a statement.</summary>
    public void SkipToStatement()
    {
        _depth = 0;
        while (Now.Kind != TokenKind.End && !(Now.Kind == TokenKind.Keyword && Now.Keyword.BeginsStatement())) Take();
    }

    private StatementUnreadable TooMuch(Place at, string code, int most)
    {
        diagnostics.Error(at, code, ("most", Text(most)));
        return new StatementUnreadable();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
