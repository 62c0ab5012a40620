namespace Iop.Kernel;

/// <summary>An ISO 4217 currency with two decimals, written as its three letters.</summary>
public readonly record struct Currency
{
    private readonly string? _code;

    private Currency(string code) => _code = code;

    /// <summary>Swedish kronor, in öre.</summary>
    public static Currency Sek { get; } = new("SEK");

    /// <summary>The three capital letters.</summary>
    public string Code => _code ?? "SEK";

    /// <summary>Reads a code; currencies whose minor unit is not a hundredth are refused, because <see cref="Money"/> counts
    /// hundredths.</summary>
    public static bool TryParse(string? text, out Currency currency)
    {
        currency = default;
        if (text is not { Length: 3 } || !text.All(char.IsAsciiLetterUpper) || WithoutTwoDecimals.Contains(text)) return false;
        currency = new Currency(text);
        return true;
    }

    public override string ToString() => Code;

    private static readonly HashSet<string> WithoutTwoDecimals = new(StringComparer.Ordinal)
    {
        "BHD", "BIF", "CLF", "CLP", "DJF", "GNF", "IQD", "ISK", "JOD", "JPY", "KMF", "KRW", "KWD", "LYD", "OMR", "PYG",
        "RWF", "TND", "UGX", "UYI", "UYW", "VND", "VUV", "XAF", "XOF", "XPF",
    };
}
