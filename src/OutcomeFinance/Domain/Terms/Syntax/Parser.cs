namespace Iop.OutcomeFinance.Domain.Terms.Syntax;

/// <summary>From text to tree. After an error it goes on with the next statement, so that all faults are shown at once.</summary>
internal static class Parser
{
    public static TermsTree Parse(string text, Diagnostics diagnostics)
    {
        var language = Lexer.LanguageOf(text);
        var reader = new TokenReader(Lexer.Read(text, language, diagnostics), language, diagnostics);
        var statements = new StatementParser(reader);
        var read = new List<Statement>();
        while (reader.Now.Kind != TokenKind.End && !diagnostics.Full)
        {
            try
            {
                read.Add(One(reader, statements));
            }
            catch (StatementUnreadable)
            {
                reader.SkipToStatement();
            }
        }

        return new TermsTree(language, read, Tidy(reader.Now.Before));
    }

    /// <summary>Comments within a statement move up before it; the one at its end stays on its line.</summary>
    private static Statement One(TokenReader reader, StatementParser statements)
    {
        var start = reader.Position;
        var before = reader.Now.Before;
        if (!(reader.Now.Kind == TokenKind.Keyword && reader.Now.Keyword.BeginsStatement()))
        {
            var refusal = reader.Unexpected(Keyword.Row.In(reader.Language));
            reader.Take();
            throw refusal;
        }

        var statement = statements.Statement();
        if (reader.Now.Kind != TokenKind.End && !(reader.Now.Kind == TokenKind.Keyword && reader.Now.Keyword.BeginsStatement()))
        {
            throw reader.Unexpected(Keyword.Row.In(reader.Language));
        }

        var last = reader.Last;
        var inside = reader.Since(start).SelectMany((token, index) => Inside(token, first: index == 0, last: token == last));
        return statement with { Before = Tidy([.. before, .. inside]), After = last.After };
    }

    private static IEnumerable<string> Inside(Token token, bool first, bool last)
    {
        var before = first ? [] : token.Before.Where(comment => comment.Length > 0);
        return last || token.After is null ? before : before.Append(token.After);
    }

    /// <summary>No empty lines in pairs.</summary>
    private static IReadOnlyList<string> Tidy(IReadOnlyList<string> comments) =>
        [.. comments.Where((comment, index) => comment.Length > 0 || index == 0 || comments[index - 1].Length > 0)];
}
