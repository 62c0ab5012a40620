namespace Iop.OutcomeFinance.Domain.Terms;

/// <summary>How large a text, a figure or a calculation may be. Beyond each of them stands a clear error, never a
/// crash.</summary>
internal static class Limits
{
    /// <summary>UTF-8 bytes of a text.</summary>
    public const int TextBytes = 64 * 1024;

    /// <summary>Nodes of the tree of a text.</summary>
    public const int Nodes = 8_000;

    /// <summary>Parentheses inside one another.</summary>
    public const int Depth = 50;

    /// <summary>Operators in a row, nested or not; keeps recursion shallow.</summary>
    public const int Height = 250;

    /// <summary>Digits of a number.</summary>
    public const int Digits = 30;

    /// <summary>Letters of a name.</summary>
    public const int NameLetters = 60;

    public const int Periods = 200;

    /// <summary>Different keys or positions in one collection.</summary>
    public const int Participants = 20_000;

    /// <summary>Codes claimed by one key, all periods together.</summary>
    public const int CodesPerKey = 1_000;

    /// <summary>Steps of arithmetic in one evaluation.</summary>
    public const long Work = 40_000_000;

    /// <summary>Bits of an exact number between two steps.</summary>
    public const long NumberBits = 4_096;

    /// <summary>Diagnostics shown for one text.</summary>
    public const int Diagnostics = 50;
}
