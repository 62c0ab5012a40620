using System.Text;

namespace Iop.Contracts.Tests;

internal static class Kebab
{
    public static string Of(string name) => name.Aggregate(new StringBuilder(), (text, letter) =>
        (char.IsUpper(letter) && text.Length > 0 ? text.Append('-') : text).Append(char.ToLowerInvariant(letter))).ToString();
}
