using System.Security.Cryptography;
using System.Text;
using Iop.Kernel;

namespace Iop.Registry.Domain;

/// <summary>Which legal person a party is, where it is not registered: municipalities and regions by their code, others by their
/// number, else by their name as people would compare it. The same words always give the same id.</summary>
public static class PartyIdentity
{
    public static OrganisationId Of(PartyWords party) => new(IdOf(KeyOf(party)));

    public static string KeyOf(PartyWords party) => party switch
    {
        { Body: "municipality", MunicipalityCode: { } code } => $"municipality:{code}",
        { Body: "region", CountyCode: { } code } => $"region:{code}",
        { Number: { } number } => $"number:{number}",
        _ => $"name:{party.Kind}:{Normalised(party.Name)}",
    };

    /// <summary>A name without what differs between two writings of it: case, marks, spaces, and the form's word.</summary>
    public static string Normalised(string name)
    {
        var words = string.Concat(name.ToLowerInvariant().Select(letter => char.IsLetterOrDigit(letter) ? letter : ' '))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var telling = Array.FindAll(words, word => !FormWords.Contains(word));
        return string.Join(' ', telling.Length == 0 ? words : telling);
    }

    private static readonly HashSet<string> FormWords =
        new(["föreningen", "förening", "stiftelsen", "ideella", "ideell", "ekonomisk", "ab", "i"], StringComparer.Ordinal);

    private static Guid IdOf(string key)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes("iop-party:" + key))[..16];
        (bytes[6], bytes[8]) = ((byte)((bytes[6] & 0x0F) | 0x80), (byte)((bytes[8] & 0x3F) | 0x80)); // a custom id (version 8)
        return new Guid(bytes, bigEndian: true);
    }
}
