using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Steelyard.Files;
using Steelyard.Histories;
using Steelyard.Histories.Measuring;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Sweeps;

/// <summary>
/// The runs that a sweep has done, in <c>runs.jsonl</c>: a line of what is swept, then a line for each run,
/// added as it ends. A process that is killed loses the runs it was in the midst of and no other: a last line
/// that is not whole is written over.
/// </summary>
internal sealed class SweepStore : IDisposable
{
    /// <summary>The file's name.</summary>
    public const string FileName = "runs.jsonl";

    static readonly JsonSerializerOptions s_json = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    readonly FileStream _file;
    readonly Lock _gate = new();

    SweepStore(FileStream file, IReadOnlyList<SweptRun> before) => (_file, Before) = (file, before);

    /// <summary>Runs that were there already.</summary>
    public IReadOnlyList<SweptRun> Before { get; }

    /// <summary>Opens the runs of a sweep, or begins them.</summary>
    /// <param name="path">The file.</param>
    /// <param name="identity">What is swept.</param>
    /// <exception cref="UserMistakeException">It holds those of another sweep, or another process writes
    /// them; or it is no such file.</exception>
    /// <exception cref="CannotWriteException">It cannot be written.</exception>
    public static SweepStore Open(string path, SweepIdentity identity)
    {
        var file = OpenFile(path);
        try
        {
            var (lines, wholeBytes) = WholeLines(file);
            if (lines.Count > 0)
                identity.MustBe(Read<SweepIdentity>(lines[0], path, 1), path);
            var before = lines.Skip(1).Index()
                .Select(line => Read<Line>(line.Item, path, line.Index + 2).ToRun()).ToList();
            file.SetLength(wholeBytes);
            file.Position = wholeBytes;
            var store = new SweepStore(file, before);
            if (lines.Count == 0)
                store.Write(identity);
            return store;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Adds a run: it is there when this returns, whatever then becomes of the process.</summary>
    /// <exception cref="CannotWriteException">It cannot be written.</exception>
    public void Add(SweptRun run) => Write(Line.Of(run));

    public void Dispose() => _file.Dispose();

    static FileStream OpenFile(string path)
    {
        try
        {
            return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        }
        catch (IOException problem) when (File.Exists(path))
        {
            throw new UserMistakeException(
                $"{path}: expected a file that no other sweep writes, found: {problem.Message}", problem);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CannotWriteException($"expected to write {path}, found: {problem.Message}", problem);
        }
    }

    static (IReadOnlyList<string> Lines, long Bytes) WholeLines(FileStream file)
    {
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var whole = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        return (Encoding.UTF8.GetString(bytes, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries),
            whole);
    }

    static T Read<T>(string line, string path, int number)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, s_json)!;
        }
        catch (JsonException)
        {
            throw new UserMistakeException(
                $"{path}:{number}: expected a line that a sweep wrote, found"
                + $" \"{line[..Math.Min(line.Length, 40)]}\"");
        }
    }

    void Write<T>(T line)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(line, s_json);
        lock (_gate)
            AtomicFile.Try(_file.Name, () => _file.Write([.. bytes, (byte)'\n']));
    }

    /// <summary>A run as a line.</summary>
    sealed record Line(string Point, string Seed, Validity Validity)
    {
        public string? Told { get; init; }

        public bool Thrown { get; init; }

        public bool OfTheUser { get; init; }

        public string? Unstable { get; init; }

        public IReadOnlyList<Figure> Measured { get; init; } = [];

        public static Line Of(SweptRun run) => new(run.Point, run.Seed.ToString(), run.Validity)
        {
            Told = run.Told,
            Thrown = run.HasThrown,
            OfTheUser = run.IsOfTheUser,
            Unstable = run.Unstable,
            Measured = [.. run.Measurements.Select(one =>
                new Figure(one.Id, one.Value, one.Unit, one.Direction, one.Samples, one.Words))],
        };

        public SweptRun ToRun() => new(Point, Worlds.Contracts.Seed.Parse(Seed), Validity)
        {
            Told = Told,
            HasThrown = Thrown,
            IsOfTheUser = OfTheUser,
            Unstable = Unstable,
            Measurements = [.. Measured.Select(one => one.ToMeasurement())],
        };
    }

    /// <summary>A measurement as a line holds it: a value is written, also where it is 0.</summary>
    sealed record Figure(
        string Id, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double Value, string Unit,
        Direction Better, long Samples, string Words)
    {
        public Measurement ToMeasurement() => new(Id, Value, Unit, Better, Samples) { Words = Words };
    }
}
