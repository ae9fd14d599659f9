using Steelyard.Histories;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Driving;

/// <summary>One kind of request of a load: what all of them have in common.</summary>
/// <param name="Function">What it is called in histories.</param>
/// <param name="Source">What makes each.</param>
/// <param name="Example">One of them.</param>
internal sealed record DrivenKind(string Function, DrivenOperation Source, HttpOperation Example)
{
    /// <summary>Whom it asks.</summary>
    public required IReadOnlyList<string> Hosts { get; init; }

    /// <summary>Whether its operations are of a key each.</summary>
    public bool IsOfKey => Example.Draws.HasKey;

    /// <summary>Whether it changes nothing, so that one nobody answered did not happen.</summary>
    public bool IsRead => Example.Method == HttpMethod.Get || Example.Method == HttpMethod.Head;
}

/// <summary>The kinds of requests of a load on some hosts, looked through before anything runs.</summary>
internal sealed class DrivenKinds
{
    static readonly Seed s_example = new(1);

    readonly Dictionary<string, DrivenKind> _byFunction = new(StringComparer.Ordinal);

    /// <param name="load">The load.</param>
    /// <param name="hosts">The hosts it is put on.</param>
    /// <exception cref="UserMistakeException">Something in it cannot be sent.</exception>
    public DrivenKinds(HttpLoad load, DrivenHosts hosts)
    {
        (Load, Databases) = (load, hosts.Databases);
        var applications = hosts.Applications;
        if (load.Keys < 1 || load.Tenants < 1)
            throw new UserMistakeException(
                $"Drive: expected at least 1 key and 1 tenant, found {load.Keys} and {load.Tenants}");
        Sent = [.. load.Operations.Select(operation => Look(operation, applications))];
        Read = [.. load.Reads.Select(read => (read, Look(read, applications)))];
    }

    /// <summary>The load.</summary>
    public HttpLoad Load { get; }

    /// <summary>The databases.</summary>
    public IReadOnlyList<string> Databases { get; }

    /// <summary>What is sent while operations arrive.</summary>
    public IReadOnlyList<DrivenKind> Sent { get; }

    /// <summary>What is read at the end; null where it is rows of a database.</summary>
    public IReadOnlyList<(FinalRead Read, DrivenKind? Kind)> Read { get; }

    /// <summary>The kind that an invocation is one of.</summary>
    public DrivenKind Of(string function) => _byFunction[function];

    DrivenKind? Look(FinalRead read, IReadOnlyList<string> applications)
    {
        if (read.Operation is { } operation)
            return Look(operation with { Make = drawn => ReadToTheEnd(operation.Make(drawn)) }, applications);
        DatabaseOf(read);
        return null;
    }

    // Whoever is asked may be starting still.
    static HttpOperation ReadToTheEnd(HttpOperation made) => made.Repeats == 0 ? made.Retry() : made;

    /// <summary>The database that a final read asks.</summary>
    /// <exception cref="UserMistakeException">There is none of that name, or it needs one.</exception>
    public string DatabaseOf(FinalRead read) => read.Database switch
    {
        null when Databases is [var only] => only,
        { } name when Databases.Contains(name) => name,
        var found => throw new UserMistakeException(
            $"FinalRows: expected a database of AddDatabase ({string.Join(", ", Databases)}), found "
            + (found is null ? "none" : $"\"{found}\"{Suggestion.For(found, Databases)}")),
    };

    DrivenKind Look(DrivenOperation operation, IReadOnlyList<string> applications)
    {
        var example = operation.Make(new(new(Load, 1, new(s_example, "example"))));
        if (example.Method is not { } method)
            throw new UserMistakeException(
                $"Drive: expected op.Post(\"/…\") or another method of {operation.Name ?? "a request"},"
                + " found none");
        if (!example.Path.StartsWith('/'))
            throw new UserMistakeException(
                $"Drive: expected a path that begins with /, such as {method} /payments, found"
                + $" \"{example.Path}\"");
        IReadOnlyList<string> hosts = example.Hosts.Count > 0 ? example.Hosts
            : Load.Hosts.Count > 0 ? Load.Hosts
            : applications;
        foreach (var host in hosts)
            if (!applications.Contains(host, StringComparer.OrdinalIgnoreCase))
                throw new UserMistakeException(
                    $"Drive: expected a host of AddHost ({string.Join(", ", applications)}), found"
                    + $" \"{host}\"{Suggestion.For(host, applications)}");
        var name = operation.Name ?? $"{method} {example.Draws.PathInWords(example.Path)}";
        var kind = new DrivenKind(name, operation, example)
        {
            Hosts = hosts,
        };
        // Several final reads may ask the same of one host and another.
        if (!_byFunction.TryAdd(name, kind) && !kind.IsRead)
            throw new UserMistakeException(
                $"Drive: expected requests with names of their own, found \"{name}\" twice; give one a name:"
                + " And(\"name\", op => …)");
        return kind;
    }
}
