using Steelyard.Services.Networking;

namespace Steelyard.Services.Databases;

/// <summary>What a session asks of its database.</summary>
internal enum DatabaseRequestKind : byte
{
    /// <summary>Runs a statement.</summary>
    Execute,

    /// <summary>Begins a transaction.</summary>
    Begin,

    /// <summary>Commits it.</summary>
    Commit,

    /// <summary>Rolls it back.</summary>
    Rollback,
}

/// <summary>One request of a session.</summary>
/// <param name="Kind">What.</param>
/// <param name="Sql">The statement; empty unless one is run.</param>
/// <param name="Parameters">Its parameters by name.</param>
internal sealed record DatabaseRequest(
    DatabaseRequestKind Kind, string Sql, IReadOnlyList<KeyValuePair<string, object?>> Parameters);

/// <summary>The answer.</summary>
/// <param name="Columns">Names of the columns; empty where nothing was selected.</param>
/// <param name="Rows">The rows: null, long, double, string or bytes in each place.</param>
/// <param name="Affected">Rows changed; -1 for a selection.</param>
/// <param name="ErrorCode">SQLite's result code; 0 is none.</param>
/// <param name="Error">What went wrong; null where nothing did.</param>
internal sealed record DatabaseAnswer(
    IReadOnlyList<string> Columns, IReadOnlyList<object?[]> Rows, int Affected, int ErrorCode = 0,
    string? Error = null)
{
    /// <summary>Done, with nothing to show.</summary>
    public static DatabaseAnswer Done { get; } = new([], [], 0);

    /// <summary>Refused.</summary>
    public static DatabaseAnswer Failed(int code, string message) => new([], [], 0, code, message);
}

/// <summary>Requests and answers as bytes; each is preceded by its length when it travels.</summary>
internal static class DatabaseWords
{
    const byte Null = 0;
    const byte Integer = 1;
    const byte Real = 2;
    const byte Text = 3;
    const byte Blob = 4;

    /// <summary>A request as bytes.</summary>
    public static byte[] Of(DatabaseRequest request) => Frames.Of(writer =>
    {
        writer.Write((byte)request.Kind);
        writer.Write(request.Sql);
        writer.Write(request.Parameters.Count);
        foreach (var (name, value) in request.Parameters)
        {
            writer.Write(name);
            Write(writer, value);
        }
    });

    /// <summary>An answer as bytes.</summary>
    public static byte[] Of(DatabaseAnswer answer) => Frames.Of(writer =>
    {
        writer.Write(answer.Affected);
        writer.Write(answer.ErrorCode);
        writer.Write(answer.Error ?? "");
        writer.Write(answer.Columns.Count);
        foreach (var column in answer.Columns)
            writer.Write(column);
        writer.Write(answer.Rows.Count);
        foreach (var row in answer.Rows)
            foreach (var value in row)
                Write(writer, value);
    });

    /// <summary>The request in a frame.</summary>
    public static DatabaseRequest Request(byte[] frame)
    {
        using var reader = Frames.Reader(frame);
        var kind = (DatabaseRequestKind)reader.ReadByte();
        var sql = reader.ReadString();
        var parameters = new KeyValuePair<string, object?>[reader.ReadInt32()];
        for (var i = 0; i < parameters.Length; i++)
            parameters[i] = new(reader.ReadString(), Read(reader));
        return new(kind, sql, parameters);
    }

    /// <summary>The answer in a frame.</summary>
    public static DatabaseAnswer Answer(byte[] frame)
    {
        using var reader = Frames.Reader(frame);
        var (affected, code, error) = (reader.ReadInt32(), reader.ReadInt32(), reader.ReadString());
        var columns = new string[reader.ReadInt32()];
        for (var i = 0; i < columns.Length; i++)
            columns[i] = reader.ReadString();
        var rows = new object?[reader.ReadInt32()][];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = new object?[columns.Length];
            for (var j = 0; j < columns.Length; j++)
                rows[i][j] = Read(reader);
        }

        return new(columns, rows, affected, code, error.Length == 0 ? null : error);
    }

    static void Write(BinaryWriter writer, object? value)
    {
        switch (value)
        {
            case null or DBNull:
                writer.Write(Null);
                break;
            case double or float or decimal:
                writer.Write(Real);
                writer.Write(Convert.ToDouble(value, null));
                break;
            case byte[] bytes:
                writer.Write(Blob);
                writer.Write(bytes.Length);
                writer.Write(bytes);
                break;
            case bool or sbyte or byte or short or ushort or int or uint or long or ulong or Enum:
                writer.Write(Integer);
                writer.Write(Convert.ToInt64(value, null));
                break;
            default:
                writer.Write(Text);
                writer.Write(
                    Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "");
                break;
        }
    }

    static object? Read(BinaryReader reader) => reader.ReadByte() switch
    {
        Integer => reader.ReadInt64(),
        Real => reader.ReadDouble(),
        Text => reader.ReadString(),
        Blob => reader.ReadBytes(reader.ReadInt32()),
        _ => null,
    };
}
