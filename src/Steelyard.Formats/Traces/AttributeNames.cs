using System.Buffers.Binary;
using System.Text;

namespace Steelyard.Formats.Traces;

/// <summary>
/// The attributes that are kept of spans and resources, each under one number whatever version of the
/// semantic conventions of OpenTelemetry wrote it: <c>http.method</c> became <c>http.request.method</c>,
/// <c>db.statement</c> became <c>db.query.text</c>. What nobody asks for is passed over unread.
/// </summary>
internal sealed class AttributeNames
{
    public const string Method = "http.request.method";
    public const string Route = "http.route";
    public const string Path = "url.path";
    public const string Url = "url.full";
    public const string HttpStatus = "http.response.status_code";
    public const string Statement = "db.query.text";
    public const string DatabaseStatus = "db.response.status_code";
    public const string DatabaseSystem = "db.system.name";
    public const string Error = "error.type";
    public const string Exception = "exception.type";

    /// <summary>Of the event of an exception.</summary>
    public const string ExceptionMessage = "exception.message";

    /// <summary>The message of a span's status, which is no attribute and kept as one.</summary>
    public const string StatusMessage = "otel.status_description";
    public const string Service = "service.name";

    const string Header = "http.request.header.";
    const int MostMet = 1 << 10;

    // The stable name first; from the migration guides of the conventions for HTTP (1.23) and databases
    // (1.33).
    static readonly string[][] Versions =
    [
        [Method, "http.method"],
        [Route],
        [Path, "http.target"],
        [Url, "http.url"],
        [HttpStatus, "http.status_code"],
        ["server.address", "net.peer.name", "net.host.name"],
        [Statement, "db.statement"],
        [DatabaseStatus],
        [DatabaseSystem, "db.system"],
        ["db.namespace", "db.name"],
        ["db.operation.name", "db.operation"],
        ["db.collection.name", "db.sql.table"],
        ["rpc.response.status_code", "rpc.grpc.status_code"],
        [Error],
        [Exception],
        [Service],
    ];

    // Whose clock it is: a machine has one, whatever runs on it; where no machine is named, each instance
    // may be on its own.
    static readonly string[] Clocks =
    [
        "host.id", "host.name", "k8s.node.name", "k8s.pod.name", "container.id", "service.instance.id",
            Service,
    ];

    // Words of samplers for the share of spans that were kept.
    static readonly string[] Sampling = ["sampling.probability", "SampleRate", "sampler.param"];

    static readonly (string Short, string Name)[] Shorts =
    [
        ("method", Method), ("route", Route), ("path", Path), ("url", Url), ("status", HttpStatus),
        ("statement", Statement), ("system", DatabaseSystem), ("error", Error),
    ];

    readonly Dictionary<string, int> _numbers;
    readonly List<string> _names;
    readonly int[] _sampling;
    readonly (byte[]? Name, int Number)[] _met = new (byte[]?, int)[MostMet];

    public AttributeNames()
    {
        (_numbers, _names) = (new(StringComparer.Ordinal), []);
        HttpStatusNumber = Number(HttpStatus);
        ErrorNumber = Number(Error);
        DatabaseStatusNumber = Number(DatabaseStatus);
        StatementNumber = Number(Statement);
        ExceptionNumber = Number(Exception);
        ExceptionMessageNumber = Number(ExceptionMessage);
        StatusMessageNumber = Number(StatusMessage);
        ServiceNumber = Number(Service);
        ClockNumbers = [.. Clocks.Select(Number)];
        _sampling = [.. Sampling.Select(Number)];
        ByBytes = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    AttributeNames(AttributeNames other)
    {
        (_numbers, _names, _sampling) = (other._numbers, other._names, other._sampling);
        (ClockNumbers, ByBytes) = (other.ClockNumbers, other.ByBytes);
        HttpStatusNumber = other.HttpStatusNumber;
        ErrorNumber = other.ErrorNumber;
        DatabaseStatusNumber = other.DatabaseStatusNumber;
        StatementNumber = other.StatementNumber;
        ExceptionNumber = other.ExceptionNumber;
        ExceptionMessageNumber = other.ExceptionMessageNumber;
        StatusMessageNumber = other.StatusMessageNumber;
        ServiceNumber = other.ServiceNumber;
    }

    /// <summary>The same names for another thread; none may be added from now on.</summary>
    public AttributeNames Beside() => new(this);

    /// <summary>The number of <see cref="HttpStatus"/>.</summary>
    public int HttpStatusNumber { get; }

    /// <summary>The number of <see cref="Error"/>.</summary>
    public int ErrorNumber { get; }

    /// <summary>The number of <see cref="DatabaseStatus"/>.</summary>
    public int DatabaseStatusNumber { get; }

    /// <summary>The number of <see cref="Statement"/>.</summary>
    public int StatementNumber { get; }

    /// <summary>The number of <see cref="Exception"/>.</summary>
    public int ExceptionNumber { get; }

    /// <summary>The number of <see cref="ExceptionMessage"/>.</summary>
    public int ExceptionMessageNumber { get; }

    /// <summary>The number of <see cref="StatusMessage"/>.</summary>
    public int StatusMessageNumber { get; }

    /// <summary>The number of <see cref="Service"/>.</summary>
    public int ServiceNumber { get; }

    /// <summary>Attributes of resources that tell whose clock it is, the most telling first.</summary>
    public IReadOnlyList<int> ClockNumbers { get; }

    Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> ByBytes { get; }

    /// <summary>The words that stand for an attribute in a map.</summary>
    public static IEnumerable<string> Words => Shorts.Select(one => one.Short);

    /// <summary>The number of an attribute, which is kept from now on.</summary>
    public int Number(string name)
    {
        var known = Array.Find(Shorts, one => one.Short == name).Name ?? Plain(name);
        if (_numbers.TryGetValue(known, out var number))
            return number;
        Array.Clear(_met);
        number = _names.Count;
        foreach (var version in Array.Find(Versions, versions => versions.Contains(known)) ?? [known])
            _numbers.Add(version, number);
        _names.Add(known);
        return number;
    }

    /// <summary>Whether an attribute tells the share of spans that a sampler kept.</summary>
    public bool IsSampling(int number) => _sampling.AsSpan().Contains(number);

    /// <summary>The name of a number.</summary>
    public string Name(int number) => _names[number];

    /// <summary>The number of an attribute as it stands in a file; -1 for one that nobody asks for.</summary>
    public int Find(ReadOnlySpan<byte> utf8)
    {
        // The same few names come again and again.
        ref var met = ref _met[PlaceOf(utf8)];
        if (met.Name is null || !utf8.SequenceEqual(met.Name))
            met = (utf8.ToArray(), Found(utf8));
        return met.Number;
    }

    static int PlaceOf(ReadOnlySpan<byte> utf8)
    {
        var last = utf8.Length < 8 ? utf8.Length
            : (int)(BinaryPrimitives.ReadUInt64LittleEndian(utf8[^8..]) % 1_000_003);
        return ((utf8.Length * 31) + last) & (MostMet - 1);
    }

    int Found(ReadOnlySpan<byte> utf8)
    {
        Span<char> text = stackalloc char[128];
        if (utf8.Length > text.Length || !Encoding.UTF8.TryGetChars(utf8, text, out var length))
            return -1;
        var name = text[..length];
        if (name.StartsWith(Header, StringComparison.Ordinal))
            name.Replace('_', '-');
        return ByBytes.TryGetValue(name, out var number) ? number : -1;
    }

    // Headers had underscores once.
    static string Plain(string name) => name.StartsWith(Header, StringComparison.Ordinal)
        ? name.Replace('_', '-')
        : name;
}
