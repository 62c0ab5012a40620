using System.Security.Cryptography;
using System.Text.Json;

namespace Iop.DemoData.Playing;

/// <summary>A demo person's way in. The file is for people at the keyboard and for deploy/token; everything in it is made
/// up.</summary>
internal sealed record Login(
    string Who, string Name, string Email, string Password, string TotpSecret, Guid PersonId, Guid OrganisationId, Guid? UnitId);

/// <summary>A demo system client's way in.</summary>
internal sealed record SystemLogin(string ClientId, string PrivateKeyPem);

internal sealed record LoginBook(string About, List<Login> People, SystemLogin? System);

/// <summary>The demo logins, kept in a file that only the one who runs the system may read.</summary>
internal sealed class Logins(string file)
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private LoginBook _book = new("Demonstration only. All persons are made up.", [], null);

    public SystemLogin? System => _book.System;

    public void Read()
    {
        if (File.Exists(file)) _book = JsonSerializer.Deserialize<LoginBook>(File.ReadAllText(file), Readable)!;
    }

    public Login? Find(string who) => _book.People.FirstOrDefault(login => login.Who == who);

    public IEnumerable<Login> All => _book.People;

    public void Keep(Login login)
    {
        _book.People.RemoveAll(known => known.Who == login.Who);
        _book.People.Add(login);
        Write();
    }

    public void Keep(SystemLogin system)
    {
        _book = _book with { System = system };
        Write();
    }

    /// <summary>What deploy/run shows, beside the file that programs read.</summary>
    private void WriteForPeople()
    {
        var lines = _book.People.Select(login => $"{login.Who,-24}{login.Email,-42}{login.Password,-22}{login.Name}");
        var list = Path.ChangeExtension(file, ".txt");
        File.WriteAllLines(list,
        [
            "Made-up people. The six figures of the authenticator: deploy/token --code NAME", "",
            $"{"NAME",-24}{"e-mail",-42}{"password",-22}who", .. lines,
        ]);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(list, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    /// <summary>A password that nobody has used before and everybody can type.</summary>
    public static string NewPassword()
    {
        const string letters = "abcdefghijkmnpqrstuvwxyz23456789";
        return string.Join('-', Enumerable.Range(0, 4).Select(_ => new string(RandomNumberGenerator.GetItems<char>(letters, 4))));
    }

    private void Write()
    {
        WriteForPeople();
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new FileStream(file, options);
        JsonSerializer.Serialize(stream, _book, Readable);
    }
}
