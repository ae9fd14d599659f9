using System.Text;
using System.Text.Json;
using Steelyard.Formats.Json;
using Steelyard.Formats.Reading;
using Steelyard.Histories;

namespace Steelyard.Formats.Rows;

/// <summary>Operations as JSON objects of any names. What an object does not name is nothing.</summary>
/// <param name="stream">The file.</param>
/// <param name="name">The file, for messages.</param>
/// <param name="map">What the user said of the names; null is nothing.</param>
/// <param name="rows">Takes the operations.</param>
internal sealed class JsonRows(Stream stream, string name, OperationMap? map, IntervalRows rows)
{
    static readonly JsonReaderOptions Strict = new() { MaxDepth = JsonValue.DeepestNesting };

    readonly JsonObjects _objects = new(stream, name);
    readonly TextCache _texts = new();
    readonly MapProposal _proposal = new();
    readonly bool[] _seen = new bool[Meanings.Names.Count];
    (byte[] Name, Meaning Meaning)[]? _columns;

    /// <summary>Reads to the end of the bytes.</summary>
    /// <exception cref="UserMistakeException">It is not JSON, or no operation, or nobody said what its names
    /// mean.</exception>
    /// <exception cref="CutShortException">The bytes end in the middle.</exception>
    public void ReadAll()
    {
        for (var bytes = _objects.Next(); !bytes.IsEmpty; bytes = _objects.Next())
        {
            if (_columns is null && !_proposal.HasBegun)
                Begin(bytes);
            if (_columns is not null)
                InPlace(bytes, static (self, bytes) => self.Add(bytes));
            else if (_proposal.WantsMore)
                InPlace(bytes, static (self, bytes) => self._proposal.Add(self.Cells(bytes)));
            else
                break;
        }

        if (_columns is null)
            throw new UserMistakeException(_proposal.Message(name));
        foreach (var (column, meaning) in _columns)
            if (map is not null && !_seen[(int)meaning])
                throw new UserMistakeException(
                    $"{name}: expected \"{Encoding.UTF8.GetString(column)}\" in some object, as --map says;"
                    + " found it in none");
    }

    void Begin(ReadOnlySpan<byte> bytes)
    {
        string[] names = [];
        InPlace(bytes, (self, bytes) => names = [.. self.Pairs(bytes).Select(pair => pair.Name)]);
        if (map is null && !RowColumns.AreOurs(names))
        {
            _proposal.Begin(names);
            return;
        }

        // What the first object has no need to say others may.
        rows.Map = map ?? OperationMap.Identity(names.Union(["key", "input", "output", "error", "node"]));
        if (map?.IsNumbered == true)
            throw new UserMistakeException(
                $"--map: expected names with JSON, found {string.Join(' ', map.Words)}");
        _columns = [.. Enum.GetValues<Meaning>().Where(one => rows.Map[one] is not null)
            .Select(one => (Encoding.UTF8.GetBytes(rows.Map[one]!), one))];
    }

    delegate void Reading(JsonRows self, ReadOnlySpan<byte> bytes);

    void InPlace(ReadOnlySpan<byte> bytes, Reading read)
    {
        try
        {
            read(this, bytes);
        }
        catch (JsonException broken)
        {
            var line = _objects.ObjectLine + (int)(broken.LineNumber ?? 0);
            throw new UserMistakeException(
                $"{name} line {line}: expected JSON, found something else", broken);
        }
        catch (Exception mistake) when (mistake is UserMistakeException or InvalidOperationException)
        {
            throw new UserMistakeException($"{name} line {_objects.ObjectLine}: {mistake.Message}", mistake);
        }
    }

    void Add(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes, Strict);
        var fields = new OperationRowFields { Line = _objects.ObjectLine };
        // A column that is mapped is there, if only empty.
        fields.Function = rows.Map[Meaning.Function] is null ? null : "";
        fields.Outcome = rows.Map[Meaning.Outcome] is null ? null : "";
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var meaning = MeaningOf(ref reader);
            var isOuter = meaning is null && IsOuter(ref reader);
            var outer = isOuter ? reader.GetString()! : "";
            reader.Read();
            if (meaning is { } one)
                Take(ref fields, one, ref reader);
            else if (isOuter)
                TakeInner(ref fields, outer, JsonValue.Read(ref reader, _texts));
            else
                reader.Skip();
        }

        rows.Add(fields);
    }

    Meaning? MeaningOf(ref Utf8JsonReader reader)
    {
        foreach (var (column, meaning) in _columns!)
            if (reader.ValueTextEquals(column))
                return meaning;
        return null;
    }

    // input=Input.Value is what stands under Value in the object under Input.
    bool IsOuter(ref Utf8JsonReader reader)
    {
        foreach (var (column, _) in _columns!)
            if (column.AsSpan().IndexOf((byte)'.') is > 0 and var dot && reader.ValueTextEquals(
                column.AsSpan(0, dot)))
                return true;
        return false;
    }

    void TakeInner(ref OperationRowFields fields, string outer, Value value)
    {
        foreach (var meaning in Enum.GetValues<Meaning>())
            if (rows.Map[meaning]?.Split('.') is [var first, .. { Length: > 0 } path] && first == outer
                && Under(value, path) is { IsNil: false } inner)
                TakeValue(ref fields, meaning, inner);
    }

    static Value Under(Value value, string[] path)
    {
        foreach (var step in path)
            value = value.Kind == ValueKind.Map ? value[step] : Value.Nil;
        return value;
    }

    void Take(ref OperationRowFields fields, Meaning meaning, ref Utf8JsonReader reader)
    {
        _seen[(int)meaning] = true;
        if (meaning is Meaning.Start or Meaning.End or Meaning.Duration)
            TakeTime(ref fields, meaning, ref reader);
        else
            TakeValue(ref fields, meaning, JsonValue.Read(ref reader, _texts));
    }

    void TakeValue(ref OperationRowFields fields, Meaning meaning, Value value)
    {
        _seen[(int)meaning] = true;
        switch (meaning)
        {
            case Meaning.Process:
                fields.Process = value;
                break;
            case Meaning.Key:
                fields.Key = value;
                break;
            case Meaning.Input:
                fields.Input = value;
                break;
            case Meaning.Output:
                fields.Output = value;
                break;
            case Meaning.Function:
                fields.Function = Word(value);
                break;
            case Meaning.Outcome:
                fields.Outcome = Word(value);
                break;
            case Meaning.Error:
                fields.Error = value.IsNil || value == "" ? null : Word(value);
                break;
            case Meaning.Start or Meaning.End or Meaning.Duration:
                TakeTime(ref fields, meaning, Word(value));
                break;
            default:
                fields.Node = value.IsNil ? null : Word(value);
                break;
        }
    }

    // The digits as they stand: seconds with nanoseconds do not fit into a double.
    void TakeTime(ref OperationRowFields fields, Meaning meaning, ref Utf8JsonReader reader)
    {
        var text = reader.TokenType switch
        {
            JsonTokenType.Null => "",
            JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
            JsonTokenType.String => JsonValue.Text(ref reader, _texts),
            _ => throw new UserMistakeException(
                $"expected a number or an ISO 8601 time as {Meanings.Names[(int)meaning]}, found"
                + $" {reader.TokenType}"),
        };
        TakeTime(ref fields, meaning, text);
    }

    void TakeTime(ref OperationRowFields fields, Meaning meaning, string text)
    {
        if (text.Length == 0)
            return;
        var ns = TimeUnits.Parse(
            text, rows.Map.UnitNs, isEnd: meaning != Meaning.Start, Meanings.Names[(int)meaning]);
        if (meaning == Meaning.Start)
            fields.Start = ns;
        else if (meaning == Meaning.End)
            fields.End = ns;
        else
            fields.Duration = ns;
    }

    static string Word(Value value) =>
        value.IsNil ? "" : value.Kind == ValueKind.Text ? value.AsText : value.ToString();

    string[] Cells(ReadOnlySpan<byte> bytes)
    {
        var pairs = Pairs(bytes);
        return [.. _proposal.Columns.Select(column => pairs.Find(pair => pair.Name == column).Cell ?? "")];
    }

    List<(string Name, string Cell)> Pairs(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes, Strict);
        var pairs = new List<(string, string)>();
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = JsonValue.Text(ref reader, _texts);
            reader.Read();
            var isNumber = reader.TokenType == JsonTokenType.Number;
            var digits = isNumber ? Encoding.UTF8.GetString(reader.ValueSpan) : "";
            var value = JsonValue.Read(ref reader, _texts);
            pairs.Add((key, isNumber ? digits : Word(value)));
        }

        return pairs;
    }
}
