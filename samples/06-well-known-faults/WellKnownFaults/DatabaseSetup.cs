using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace WellKnownFaults;

/// <summary>EF Core on PostgreSQL, with tables made at the start.</summary>
static class DatabaseSetup
{
    /// <summary>An application with a database.</summary>
    public static WebApplicationBuilder WithDatabase<T>(string[] args, bool retries = false)
        where T : DbContext => WithDatabase<T, T>(args, retries);

    /// <summary>An application with a database that is modelled more strictly than its handlers
    /// know.</summary>
    public static WebApplicationBuilder WithDatabase<T, TStrict>(string[] args, bool retries = false)
        where T : DbContext
        where TStrict : T
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddDbContext<T, TStrict>(options => options.UseNpgsql(
            builder.Configuration.GetConnectionString(typeof(T).Name),
            postgres => _ = retries ? postgres.EnableRetryOnFailure() : postgres));
        builder.Services.AddHostedService<TablesAtStart<T>>();
        return builder;
    }

    /// <summary>Whether a row with this key was there.</summary>
    public static bool IsDuplicate(this DbUpdateException failure) =>
        failure.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };
}
