using Iop.Migrations;
using Npgsql;

namespace Iop.TestKit;

/// <summary>What a service's database starts with: everything that Migrations does to it.</summary>
public static class ServiceDatabase
{
    /// <summary>Of both logins of every service, on test servers only.</summary>
    public const string Password = "iop-test";

    /// <param name="service">The database's name, such as <c>follow_up</c>.</param>
    public static DatabaseTemplate Template(string service)
    {
        var known = Service.All.Single(candidate => candidate.Name == service);
        return Template(known, Script.Of(known));
    }

    public static DatabaseTemplate Template(Service service, IReadOnlyList<Script> scripts) => new(
        service.Name, string.Concat(scripts.Select(script => script.Checksum)), address => Fill(address, service, scripts));

    private static async Task Fill(string address, Service service, IReadOnlyList<Script> scripts)
    {
        await using var connection = new NpgsqlConnection(address);
        await connection.OpenAsync();
        await Databases.EnsureRoles(connection, service, new LoginPasswords(Password, Password));
        await Schema.Apply(connection, service, scripts);
    }
}
