using Iop.OutcomeFinance.Domain.Terms.Numbers;

namespace Iop.OutcomeFinance.Domain.Terms.Syntax;

internal enum TokenKind
{
    Keyword,
    Name,
    Text,
    Number,
    Date,
    Symbol,
    End,
}

/// <summary>A word, number or sign of a text, with the comments around it.</summary>
internal sealed record Token(TokenKind Kind, Place At, string Text)
{
    public Keyword Keyword { get; init; }

    public Fraction Number { get; init; }

    /// <summary>How many decimals were written, so that the canonical text keeps them.</summary>
    public int Decimals { get; init; }

    public DateOnly Date { get; init; }

    /// <summary>Comments on lines of their own before the token; an empty string is an empty line.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];

    /// <summary>The comment after the token on its line.</summary>
    public string? After { get; set; }

    public bool Is(Keyword keyword) => Kind == TokenKind.Keyword && Keyword == keyword;

    public bool Is(string symbol) => Kind == TokenKind.Symbol && Text == symbol;
}
