namespace GameImages.Application;

/// <summary>A new value for something that a request may also leave as it is, which is the default.</summary>
public readonly record struct Change<T>
{
    private Change(T? value) => (IsSet, Value) = (true, value);

    public bool IsSet { get; }

    /// <summary>The new value; null clears.</summary>
    public T? Value { get; }

    public static implicit operator Change<T>(T? value) => new(value);

    public T? Or(T? current) => IsSet ? Value : current;
}
