using System.Security.Cryptography;
using System.Text;

namespace Iop.Benchmarks;

/// <summary>Ten thousand people in five hundred organisations of three units each, twenty people to each, some in two. Who is who
/// follows from a number, so that every database fills itself with the same.</summary>
internal static class Populace
{
    public const int People = 10_000;
    public const int Organisations = 500;
    public const int Units = 1_500;

    /// <summary>Everybody's.</summary>
    public const string Password = "correct horse battery staple";

    /// <summary>As SQL makes them: <c>md5('p7')::uuid</c>.</summary>
    public static Guid Person(int number) => Of('p', number);

    public static Guid Organisation(int number) => Of('o', number);

    /// <summary>Where person n works, as n % 500 + 1 in SQL.</summary>
    public static Guid OrganisationOf(int person) => Organisation(person % Organisations + 1);

    public static string EmailOf(int person) => FormattableString.Invariant($"person{person}@organisation.example");

#pragma warning disable CA5351 // a number spread out, as SQL's md5 does it; nothing rests on it
    private static Guid Of(char kind, int number) =>
        new(Convert.ToHexString(MD5.HashData(Encoding.ASCII.GetBytes(FormattableString.Invariant($"{kind}{number}")))));
#pragma warning restore CA5351
}
